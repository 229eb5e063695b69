#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "pictures.hpp"
#include "writers/pictures/canvas/color_map.hpp"
#include "writers/pictures/heatmap/terminal_palette.hpp"

using namespace attngraph;

TEST_CASE("In a terminal without colours entries are shades, two columns each") {
  HeatMap map = two_by_two();
  map.row_labels = map.column_labels = {"the", "\x1b[31mx"};
  CHECK(written_picture("table", map) ==
        "head 0\n"
        "      the  ██  \n"
        "\\x1b[31mx  ░░▓▓\n"
        "           t \\\n"
        "           h x\n"
        "           e 1\n"
        "             b\n"
        "             [\n"
        "             3\n"
        "             1\n"
        "             m\n"
        "             x\n"
        "0    ░░░░░▒▒▒▒▓▓▓▓▓███ 1; rows: Query, columns: Key\n");
}

TEST_CASE("In a terminal with colours entries are coloured blanks") {
  WriterSettings settings;
  settings.color = Color::truecolor;
  const std::string text = written_picture("table", two_by_two(), settings);
  CHECK(text.starts_with("head 0\n0  \x1b[48;2;253;231;37m  \x1b[48;2;68;1;84m  \x1b[0m\n"));
}

TEST_CASE("A matrix wider than the terminal is shown by the largest of blocks") {
  HeatMap map;
  map.rows = map.columns = 100;
  map.panels = {{"head 0", std::vector<float>(10000, 0.0f)}};
  map.panels[0].values[9999] = 1.0f;
  WriterSettings settings;
  settings.width = 44;
  const std::string text = written_picture("table", map, settings);
  CHECK(
      text.ends_with("1; rows: Query,\n"
                     "                       columns: Key; a cell\n"
                     "                       is the largest of 5 x\n"
                     "                       5\n"));
  CHECK(contains(text, "95  " + std::string(38, ' ') + "██\n"));
}

TEST_CASE("A coloured terminal too narrow for two columns each shows two rows in one line") {
  HeatMap map;
  map.rows = 3;
  map.columns = 30;
  const float masked = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> values(90, 1.0F);
  values[0] = values[30] = 0;       // both below the top left: dark
  values[1] = values[31] = masked;  // a column of two masked entries
  values[2] = masked;               // the upper one masked
  values[33] = masked;              // the lower one masked
  map.panels = {{"head 0", values}};
  WriterSettings settings;
  settings.color = Color::truecolor;
  settings.width = 40;
  const std::string text = written_picture("table", map, settings);
  const std::string yellow = "253;231;37m", violet = "68;1;84m";
  CHECK(text.find("\x1b[38;2;" + violet + "\x1b[48;2;" + violet + "▀\x1b[0m \x1b[49m\x1b[38;2;" +
                  yellow + "▄\x1b[38;2;" + yellow + "\x1b[49m▀") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') < 8);
}

TEST_CASE("Numbers stand in the cells of a terminal where there is room") {
  HeatMap map = two_by_two();
  map.annotate = true;
  CHECK(contains(written_picture("table", map), "1   0.25  0.75 \n"));
}

TEST_CASE("Masked entries of a terminal are blanks without a colour") {
  HeatMap map = two_by_two();
  map.panels[0].values[1] = std::nanf("");
  WriterSettings settings;
  settings.color = Color::truecolor;
  CHECK(contains(written_picture("table", map, settings),
                 "\x1b[48;2;253;231;37m  \x1b[0m  \x1b[0m\n"));
  CHECK(contains(written_picture("table", map), "0  ██  \n"));
}

TEST_CASE("A terminal of 256 colours never shows a larger value darker") {
  const auto lightness = [](const std::string& escape) {
    const int index = std::stoi(escape.substr(7));
    if (index >= 232) return 8.0 + 10 * (index - 232);
    const auto level = [](int i) { return i == 0 ? 0 : 55 + 40 * i; };
    const int cube = index - 16;
    return 0.299 * level(cube / 36) + 0.587 * level(cube / 6 % 6) + 0.114 * level(cube % 6);
  };
  for (const std::string name : {"viridis", "cividis", "gray"}) {
    const ColorMap map(name);
    const TerminalPalette palette(map, Color::palette256);
    const bool upwards = lightness(palette.ground(1)) > lightness(palette.ground(0));
    for (int i = 0; i < 100; ++i) {
      const double change =
          lightness(palette.ground((i + 1) / 100.0)) - lightness(palette.ground(i / 100.0));
      CHECK((upwards ? change : -change) >= 0);
    }
  }
}

TEST_CASE("A scale that ends before the largest value says so") {
  HeatMap map = two_by_two();
  map.high = 0.5;
  CHECK(contains(written_picture("table", map), " 0.5 and more, up to 1; rows"));
}
