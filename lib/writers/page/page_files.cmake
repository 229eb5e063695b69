# Writes page_files.cpp: the files of this folder as constants of the program.
# usage: cmake -D OUT=page_files.cpp -P page_files.cmake
#
# The modules become one script: each a function that gives what it exports. All of that is seen by
# all modules, so `import` lines go; a module may use at once only what stands before it.
set(modules numbers labels colors packed model state elements pen scale grid matrix arcs columns
  head token picture keys main)
set(folder ${CMAKE_CURRENT_LIST_DIR})

set(script "(() => {\n'use strict';\n")
foreach(module ${modules})
  file(READ ${folder}/${module}.js text)
  string(REGEX REPLACE "import {[^}]*} from '[^']*';\n" "" text "${text}")
  string(REGEX MATCHALL "\nexport (async )?(function|class|const) [A-Za-z]+" exports "${text}")
  list(TRANSFORM exports REPLACE ".* " "")
  list(JOIN exports ", " exports)
  string(REGEX REPLACE "\nexport " "\n" text "${text}")
  string(APPEND script "const {${exports}} = (() => {\n${text}return {${exports}};\n})();\n")
endforeach()
string(APPEND script "})();\n")
file(READ ${folder}/page.css style)
file(READ ${folder}/page.html frame)
string(SHA256 script_digest "${script}")
string(SHA256 style_digest "${style}")

# A literal may have 65,536 characters at most in the standard; compilers take more.
file(WRITE ${OUT} "#include \"writers/page/page_files.hpp\"

namespace attngraph::page_files {
const std::string_view frame = R\"page(${frame})page\";
const std::string_view style = R\"page(${style})page\";
const std::string_view script = R\"page(${script})page\";
const std::string_view style_digest = \"${style_digest}\";
const std::string_view script_digest = \"${script_digest}\";
}  // namespace attngraph::page_files
")
