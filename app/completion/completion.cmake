# The completion scripts: kept in the program, which writes them.
file(READ ${CMAKE_CURRENT_LIST_DIR}/attngraph.bash bash_script)
file(READ ${CMAKE_CURRENT_LIST_DIR}/attngraph.zsh zsh_script)
file(READ ${CMAKE_CURRENT_LIST_DIR}/attngraph.fish fish_script)
configure_file(${CMAKE_CURRENT_LIST_DIR}/scripts.cpp.in ${PROJECT_BINARY_DIR}/completion_scripts.cpp
  @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_LIST_DIR}/attngraph.bash ${CMAKE_CURRENT_LIST_DIR}/attngraph.zsh
  ${CMAKE_CURRENT_LIST_DIR}/attngraph.fish)
target_sources(attngraph_app PRIVATE ${PROJECT_BINARY_DIR}/completion_scripts.cpp)
