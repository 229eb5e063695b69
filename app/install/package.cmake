# `make deb`: the program with its manual pages and completions as a Debian package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME attngraph)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "attngraph maintainers <maintainers@attngraph.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "transformer self-attention as a directed graph")
set(CPACK_PACKAGE_DESCRIPTION
  "Reads the attention of a transformer as models dump it (NPY, NPZ, JSON,
safetensors, torch.save), or the queries and keys it is made of, and
answers questions about it as a directed graph: centrality, maximum flow,
rollout, attention flow, most probable routes, statistics of heads.
Writes tables, CSV, JSON, NPY, DOT, GraphML and drawings.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program manual)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, librsvg2-bin")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)

# The date of a release stands in the changelog; nothing else in a package has one.
file(STRINGS docs/changelog.md releases REGEX "^## ${PROJECT_VERSION}, ")
string(REGEX REPLACE "^## [0-9.]+, " "" release_date "${releases}")
execute_process(COMMAND date -u -R -d "${release_date}" OUTPUT_VARIABLE release_date
  OUTPUT_STRIP_TRAILING_WHITESPACE)
configure_file(app/install/changelog.in ${PROJECT_BINARY_DIR}/changelog @ONLY)
execute_process(COMMAND gzip -9nc ${PROJECT_BINARY_DIR}/changelog
  OUTPUT_FILE ${PROJECT_BINARY_DIR}/changelog.gz)
install(FILES app/install/copyright ${PROJECT_BINARY_DIR}/changelog.gz
  DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT manual)
