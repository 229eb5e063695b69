"""Mouse, keys, slider, search and the address."""

import html
import os
import unittest

from case import PageCase, short

STATE = "(() => { const s = document.attngraph.page.state; return {head: s.head, query: s.query, key: s.key, view: s.view, log: s.log, min: s.min, zoom: s.zoom, sort: s.sort}; })()"


def state(tab):
    return tab.run(STATE)


class HandsTest(PageCase):
    def cell(self, tab, query, key):
        """Where a cell is, from the picture's corner."""
        left, top, size = tab.run('(() => { const {left, top, cell} = document.attngraph.page.head.drawn.layout; return [left, top, cell]; })()')
        return left + (key + 0.5) * size, top + (query + 0.5) * size

    def test_a_click_opens_a_head_and_the_address_says_so(self):
        tab = self.tab()
        tab.click('#tile-29')
        self.assertEqual(tab.text('#head-name'), 'Layer 2, head 5')
        tab.wait("location.hash === '#head=2.5'")
        self.assertEqual(tab.run("document.getElementById('tile-29').getAttribute('aria-selected')"), 'true')

    def test_a_page_in_a_frame_of_a_notebook_has_no_address_and_works(self):
        with open(self.cats, encoding='utf-8') as page:
            frame = f'<body><iframe width="1300" height="800" srcdoc="{html.escape(page.read())}"></iframe>'
        path = os.path.join(self.folder.name, 'notebook.html')
        with open(path, 'w', encoding='utf-8') as notebook:
            notebook.write(frame)
        tab = self.browser.tab()
        self.addCleanup(tab.close)
        tab.call('Page.navigate', url=f'file://{path}')
        tab.wait("frames[0] && frames[0].document.body && frames[0].document.body.dataset.filled")
        tab.run("frames[0].document.getElementById('tile-29').click()")
        tab.wait("frames[0].document.getElementById('head-name').textContent === 'Layer 2, head 5'")
        tab.run('new Promise((done) => setTimeout(done, 400))')
        self.assert_quiet(tab)

    def test_a_click_pins_a_token_and_another_unpins_it(self):
        tab = self.tab(fragment='#head=2.5')
        tab.click('#picture', *self.cell(tab, 6, 2))
        self.assertEqual((state(tab)['query'], state(tab)['key']), (6, 6))
        self.assertIn('mice', tab.text('#token-name'))
        tab.click('#picture', *self.cell(tab, 6, 2), shift=True)
        self.assertEqual(state(tab)['key'], 2)
        self.assertIn('cat', tab.text('#token-name'))
        tab.click('#unpin')
        self.assertEqual(state(tab)['key'], -1)
        self.assertEqual(tab.text('#token-name'), 'No token is pinned')

    def test_a_click_on_a_token_of_a_list_goes_there(self):
        tab = self.tab(fragment='#head=2.5&query=6&key=6')
        tab.click('#token .bars li:first-child .token')
        self.assertEqual(state(tab)['key'], 0)

    def test_a_page_opens_where_its_address_points(self):
        fragment = '#head=4.3&view=columns&query=3&key=3&sort=entropy&log=1&min=0.01&colors=gray&zoom=1.5&find=mice'
        tab = self.tab(fragment=fragment)
        found = state(tab)
        self.assertEqual((found['head'], found['view'], found['query'], found['sort'], found['log'], found['min'], found['zoom']),
                         (51, 'columns', 3, 'entropy', True, 0.01, 1.5))
        tab.wait(f"location.hash.length > 20")
        again = tab.fragment()
        tab.run("location.hash = '#head=0.1'")
        tab.wait("document.getElementById('head-name').textContent === 'Layer 0, head 1'")
        tab.run(f'location.hash = {again!r}')
        tab.wait("document.attngraph.page.state.head === 51")
        self.assertEqual(state(tab), found)

    def test_an_address_that_makes_no_sense_does_no_harm(self):
        tab = self.tab(fragment='#head=99.99&view=cube&query=-5&key=1e9&zoom=NaN&min=x&sort=__proto__&colors=<b>&%')
        self.assertEqual(state(tab), {'head': 0, 'query': -1, 'key': -1, 'view': 'matrix', 'log': False, 'min': 0, 'zoom': 1, 'sort': 'layer'})

    def test_the_slider_hides_what_is_below(self):
        tab = self.tab(fragment='#head=2.5')
        tab.run("(() => { const s = document.getElementById('min'); s.value = 320; s.dispatchEvent(new Event('input')); })()")
        least = state(tab)['min']
        self.assertAlmostEqual(least, tab.run('document.attngraph.model.about.largest') / 10, places=6)
        hidden = tab.run(f'''(async () => {{ const {{model}} = document.attngraph; const rows = await model.rows(29);
          return rows.codes.filter((c) => model.weights[c] < {least}).length; }})()''')
        self.assertIn(f'{hidden} weights below {short(least)} not shown', tab.text('#legend'))
        self.assertEqual(tab.text('#min-value'), short(least))

    def test_heads_are_sorted_by_any_column(self):
        tab = self.tab()
        for column in tab.run("Array.from(document.querySelectorAll('#sort option'), (o) => o.value)"):
            tab.run(f"(() => {{ const s = document.getElementById('sort'); s.value = {column!r}; s.dispatchEvent(new Event('change')); }})()")
            shown = tab.run(f"document.attngraph.page.grid.shown.map((i) => document.attngraph.model.column({column!r}).values[i])")
            rising = isinstance(shown[0], str) or column in ('layer', 'sink_token')
            self.assertEqual(shown, sorted(shown, reverse=not rising), column)
        tab.click('#reverse')
        self.assertEqual(tab.run('document.attngraph.page.grid.shown.length'), 72)

    def test_everything_is_reached_by_the_keyboard(self):
        tab = self.tab(fragment='#head=2.5')
        seen = []
        for _ in range(40):
            tab.press('Tab')
            seen.append(tab.run("document.activeElement.id || document.activeElement.textContent"))
            if seen[-1] == 'picture':
                break
        for place in ('find', 'min', 'log', 'shared', 'colors', 'theme', 'ask', 'sort', 'reverse', 'tile-29', 'matrix', 'save', 'picture'):
            self.assertIn(place, seen)
        self.assertEqual(seen, sorted(seen, key=seen.index))
        tab.press('ArrowDown')
        tab.press('ArrowDown')
        tab.press('ArrowRight')
        self.assertRegex(tab.text('#said'), r'^the 1 → the 1, 0\.\d+$')
        tab.press('Enter')
        self.assertEqual(state(tab)['query'], 1)
        tab.press('Escape')
        self.assertEqual(state(tab)['query'], -1)

    def test_arrows_go_through_the_heads(self):
        tab = self.tab(fragment='#head=2.5')
        tab.run("document.getElementById('tile-29').focus()")
        for key, head in (('ArrowRight', 30), ('ArrowDown', 42), ('ArrowLeft', 41), ('ArrowUp', 29), ('End', 71), ('Home', 0), ('ArrowUp', 0)):
            tab.press(key)
            self.assertEqual(state(tab)['head'], head, key)
        self.assertEqual(tab.run('document.activeElement.id'), 'tile-0')

    def test_letters_do_what_the_help_says(self):
        tab = self.tab(fragment='#head=2.5')
        tab.run('document.activeElement.blur()')
        for key, name, value in (('2', 'view', 'arcs'), ('3', 'view', 'columns'), ('1', 'view', 'matrix'), ('l', 'log', True),
                                 (']', 'head', 30), ('[', 'head', 29), ('+', 'zoom', 1.5), ('0', 'zoom', 1)):
            tab.press(key)
            self.assertEqual(state(tab)[name], value, key)
        tab.press('?')
        self.assertTrue(tab.run("document.getElementById('help').open"))
        tab.press('Escape')
        self.assertFalse(tab.run("document.getElementById('help').open"))

    def test_a_token_is_searched(self):
        tab = self.tab()
        tab.press('/')
        tab.type('THE')
        self.assertEqual(tab.text('#matches'), '2 matches')
        tab.press('Enter')
        self.assertEqual(state(tab)['key'], 1)
        tab.press('Enter')
        self.assertEqual(state(tab)['key'], 5)
        tab.press('Escape')
        self.assertEqual(tab.run("document.getElementById('find').value"), '')

    def test_arcs_and_columns_answer_the_mouse(self):
        for view, x in (('arcs', 'middle'), ('columns', 'left')):
            tab = self.tab(fragment=f'#head=2.5&view={view}')
            place = tab.run(f"(() => {{ const l = document.attngraph.page.head.drawn.layout; return [l.{x} - 4, l.top + 6.5 * l.row]; }})()")
            left, top, *_ = tab.place('#picture')
            tab.move(left + place[0], top + place[1])
            self.assertIn('mice 6', tab.text('#tip'))
            tab.click('#picture', *place)
            self.assertEqual(state(tab)['query'], 6)


if __name__ == '__main__':
    unittest.main()
