"""The numbers on the page are those that the tool prints."""

import math
import re
import unittest

from case import CATS, PageCase, answered, short

LISTS = '''(title) => {
  const part = Array.from(document.querySelectorAll('#token .part')).find((p) => p.querySelector('h3').textContent === title);
  part.querySelector('.more')?.click();
  return Array.from(part.querySelectorAll('li'), (li) => [Number(li.querySelector('.index').textContent), li.querySelector('.value').textContent]);
}'''

WEIGHTS = '''(async (name) => {
  const {model} = document.attngraph;
  const rows = await model.rows(model.heads.findIndex((h) => `${h.layer}.${h.head}` === name));
  const all = {};
  for (let q = 0; q < model.queries; ++q) {
    for (let e = rows.starts[q]; e < rows.starts[q + 1]; ++e) all[`${q} ${rows.keys[e]}`] = model.weights[rows.codes[e]];
  }
  return {all, omitted: Array.from(rows.omitted)};
})'''


def lists(tab, title):
    return tab.run(f'({LISTS})({title!r})')


class NumbersTest(PageCase):
    def assert_near(self, shown, value, relative=3e-4):
        """Four digits of a number that may be off by 1/4096."""
        self.assertTrue(math.isclose(float(shown), float(value), rel_tol=relative + 5e-4), f'{shown} is not {value}')

    def test_every_weight_of_every_head_is_within_the_stated_error(self):
        tab = self.tab()
        for head in ('0.0', '2.5', '5.11'):
            layer, index = head.split('.')
            found = tab.run(f'{WEIGHTS}({head!r})')
            rows = [row for row in answered('graph', *CATS, '--layer', layer, '--head', index) if float(row['weight']) > 0]
            self.assertEqual(len(found['all']), len(rows))
            for row in rows:
                weight = float(row['weight'])
                self.assertLessEqual(abs(found['all'][f"{row['source']} {row['target']}"] - weight), weight / 4096)

    def test_what_is_left_out_is_stated(self):
        page = self.made('few', *CATS, '--top-k', '3')
        found = self.tab(page).run(f"{WEIGHTS}('2.5')")
        rows = answered('graph', *CATS, '--layer', '2', '--head', '5')
        for query in range(17):
            weights = sorted((float(row['weight']) for row in rows if row['source'] == str(query)), reverse=True)
            self.assertAlmostEqual(found['omitted'][query], sum(weights[3:]), places=6)

    def test_columns_of_heads_are_exact(self):
        tab = self.tab()
        columns = tab.run('Object.fromEntries(document.attngraph.model.columns.map((c) => [c.name, c.values]))')
        rows = answered('heads', *CATS)
        self.assertLessEqual({'layer', 'head', 'type', 'entropy', 'sink_label', 'induction'}, set(columns))
        for name, values in columns.items():
            for value, row in zip(values, rows):
                if isinstance(value, str):
                    self.assertEqual(value, row[name])
                else:
                    self.assertEqual(float(value), float(row[name]))

    def test_a_token_shows_its_weights_measures_rollout_and_flow(self):
        tab = self.tab(fragment='#head=2.5&query=6&key=6')
        edges = answered('graph', *CATS, '--layer', '2', '--head', '5')
        looks = {int(row['target']): row['weight'] for row in edges if row['source'] == '6'}
        looked = {int(row['source']): row['weight'] for row in edges if row['target'] == '6'}
        flow = {int(row['input']): row['flow'] for row in answered('flow', *CATS, '--target', '6')}
        rollout = {int(row['input']): row['rollout'] for row in answered('rollout', *CATS, '--target', '6')}
        for title, expected in (('looks at', looks), ('is looked at by', looked), ('rollout from', rollout), ('flow from', flow)):
            shown = lists(tab, title)
            self.assertEqual(len(shown), len(expected), title)
            for token, value in shown:
                self.assert_near(value, expected[token])
            values = [float(value) for _, value in shown]
            self.assertEqual(values, sorted(values, reverse=True))
        row = answered('centrality', *CATS, '--layer', '2', '--head', '5', '--metric', 'in_strength,pagerank')[6]
        table = tab.run("Array.from(document.querySelectorAll('#token tbody tr'), (tr) => Array.from(tr.children, (c) => c.textContent))")
        self.assertEqual([line[:2] for line in table],
                         [['in_strength', short(row['in_strength'])], ['pagerank', short(row['pagerank'])]])

    def test_routes_are_the_most_probable_ones(self):
        tab = self.tab(fragment='#head=2.5&query=6&key=6')
        routes = tab.run("Array.from(document.querySelectorAll('.routes li'), (li) => [li.querySelector('.route').title, li.querySelector('.value').textContent])")
        self.assertEqual(len(routes), 8)
        for route, share in routes[:3]:
            first = route.split(' > ')[-1]
            best = answered('paths', *CATS, '--from', first, '--to', '6', '--count', '8')
            self.assertIn(route, [row['route'] for row in best])
            probability = next(float(row['probability']) for row in best if row['route'] == route)
            self.assertTrue(math.isclose(float(share.rstrip(' %')) / 100, probability, rel_tol=5e-3))

    def test_the_mouse_shows_the_number_of_a_cell(self):
        tab = self.tab(fragment='#head=2.5')
        layout = tab.run('(() => { const {left, top, cell} = document.attngraph.page.head.drawn.layout; return [left, top, cell]; })()')
        x, y = (layout[0] + 0.5 * layout[2], layout[1] + 6.5 * layout[2])
        left, top, *_ = tab.place('#picture')
        tab.move(left + x, top + y)
        row = next(row for row in answered('graph', *CATS, '--layer', '2', '--head', '5')
                   if row['source'] == '6' and row['target'] == '0')
        lines = tab.run("Array.from(document.getElementById('tip').children, (line) => line.textContent)")
        self.assertEqual(lines[0], 'mice 6 → [CLS] 0')
        self.assert_near(lines[1], row['weight'])

    def test_words_put_together_are_those_of_the_tool(self):
        short_dump = ('data/minilm/short/attention.npy', '--tokens', 'data/minilm/short/tokens.json', '--words')
        tab = self.tab(self.made('words', *short_dump), '#head=1.2&query=1&key=1')
        found = tab.run(f"{WEIGHTS}('1.2')")['all']
        for row in answered('graph', *short_dump, '--layer', '1', '--head', '2'):
            self.assert_near(found[f"{row['source']} {row['target']}"], row['weight'])
        rollout = {int(row['input']): row['rollout'] for row in answered('rollout', *short_dump, '--target', '1')}
        for token, value in lists(tab, 'rollout from'):
            self.assert_near(value, rollout[token])

    def test_attention_of_queries_and_keys(self):
        gpt = ('--query', 'data/small/gpt/query.npy', '--key', 'data/small/gpt/key.npy', '--causal', 'yes')
        tab = self.tab(self.made('gpt', *gpt, '--top-k', '16'), '#head=3.1')
        found = tab.run(f"{WEIGHTS}('3.1')")
        rows = answered('graph', *gpt, '--layer', '3', '--head', '1', '--top-k', '16')
        self.assertEqual(len(found['all']), len(rows))
        for row in rows:
            self.assert_near(found['all'][f"{row['source']} {row['target']}"], row['weight'])
        self.assertIn('causal', tab.text('#facts'))
        self.assertRegex(tab.text('#legend'), re.compile('16 largest of each query are kept.*masked cells are blank'))


if __name__ == '__main__':
    unittest.main()
