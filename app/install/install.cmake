# What `cmake --install` and CPack put where: the program, its manual pages and completions, and
# (component development) the libraries with a CMake package and a pkg-config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS attngraph COMPONENT program)
# What the examples of the help are about.
install(DIRECTORY data/deck data/minilm data/small COMPONENT program
  DESTINATION ${CMAKE_INSTALL_DATADIR}/attngraph/data)

# Libraries: one archive for each floor; users link attngraph::report and what it stands on.
set(floors core tensor formats numeric reading attention graph metrics report writers)
foreach(floor ${floors})
  set_target_properties(attngraph_${floor} PROPERTIES EXPORT_NAME ${floor})
  list(APPEND floor_targets attngraph_${floor})
  string(PREPEND link_line "-lattngraph_${floor} ")
endforeach()
set_target_properties(attngraph_settings PROPERTIES EXPORT_NAME settings)
install(TARGETS attngraph_settings ${floor_targets} EXPORT attngraph COMPONENT development
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/attngraph)
install(DIRECTORY lib/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/attngraph COMPONENT development
  FILES_MATCHING PATTERN *.hpp)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/attngraph)
install(EXPORT attngraph NAMESPACE attngraph:: DESTINATION ${package_folder}
  FILE attngraph-targets.cmake COMPONENT development)
configure_package_config_file(app/install/attngraph-config.cmake.in
  ${PROJECT_BINARY_DIR}/attngraph-config.cmake INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/attngraph-config-version.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES ${PROJECT_BINARY_DIR}/attngraph-config.cmake
  ${PROJECT_BINARY_DIR}/attngraph-config-version.cmake DESTINATION ${package_folder}
  COMPONENT development)
if(LAPACK_LIBRARY)
  set(lapack_link "-llapack ")
endif()
file(RELATIVE_PATH up_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(app/install/attngraph.pc.in ${PROJECT_BINARY_DIR}/attngraph.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/attngraph.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)

include(app/install/manuals.cmake)
include(app/install/package.cmake)
