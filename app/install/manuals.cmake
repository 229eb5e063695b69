# The manual pages, one for each command, from the declarations that help shows; and the completions.
add_executable(attngraph_manuals EXCLUDE_FROM_ALL app/manual_pages.cpp)
target_link_libraries(attngraph_manuals PRIVATE attngraph_app)
set(manual_folder ${PROJECT_BINARY_DIR}/manuals)
find_program(SCDOC scdoc)
add_custom_command(OUTPUT ${manual_folder}/written
  COMMAND sh ${PROJECT_SOURCE_DIR}/app/install/write_manuals.sh $<TARGET_FILE:attngraph_manuals>
    $<TARGET_FILE:attngraph> ${manual_folder}
  DEPENDS attngraph attngraph_manuals app/install/write_manuals.sh VERBATIM)
add_custom_target(manuals DEPENDS ${manual_folder}/written)
if(NOT SCDOC)
  message(STATUS "scdoc is not there: manual pages are not installed")
endif()
install(DIRECTORY ${manual_folder}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT manual OPTIONAL)
install(FILES ${manual_folder}/attngraph.bash RENAME attngraph OPTIONAL
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT manual)
# zsh looks in vendor-completions below /usr alone.
install(CODE "set(zsh_folder site-functions)
  if(CMAKE_INSTALL_PREFIX STREQUAL \"/usr\")
    set(zsh_folder vendor-completions)
  endif()
  file(INSTALL ${manual_folder}/_attngraph OPTIONAL
    DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${zsh_folder}\")"
  COMPONENT manual)
install(FILES ${manual_folder}/attngraph.fish OPTIONAL
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT manual)
