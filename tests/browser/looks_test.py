"""Labels of others, both themes, who listens instead of looking, paper, and pictures to keep."""

import base64
import json
import re
import shutil
import subprocess
import unittest

from case import HOSTILE, PageCase

NUMBERS = [[[[1.0 / len(HOSTILE)] * len(HOSTILE)] * len(HOSTILE)] * 2]


def contrast(one, other):
    """As WCAG 2 has it, of #rrggbb."""
    def light(color):
        parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


class LooksTest(PageCase):
    def hostile(self):
        return self.made('hostile', self.file('hostile.json', {'attention': NUMBERS, 'tokens': HOSTILE}))

    def test_hostile_labels_are_text_and_nothing_else(self):
        tab = self.tab(self.hostile(), '#head=0.1&query=0&key=0')
        scripts = tab.run("document.querySelectorAll('script:not([data-part])').length")
        self.assertEqual((scripts, tab.run("document.querySelectorAll('img, #token script').length")), (1, 0))
        self.assertIn('</script><script>alert(1)</script>', tab.text('#token-name'))
        labels = tab.run('document.attngraph.model.keyLabels')
        self.assertEqual(labels[3:7], ['⟨202E⟩abc', 'two↵lines', '∅', '␣'])
        self.assertEqual(labels[13], '⟨0000⟩⟨001B⟩[31m')
        for view in ('arcs', 'columns', 'matrix'):
            tab.run(f"document.attngraph.page.state.set({{view: '{view}'}})")
            tab.settled()
            markup = tab.run('document.attngraph.svgOf()')
            self.assertNotIn('<script', markup)
            self.assertNotIn('<img', markup)
            names = tab.run(f"(() => {{ const d = new DOMParser().parseFromString({json.dumps(markup)}, 'image/svg+xml'); return Array.from(new Set(Array.from(d.querySelectorAll('*'), (e) => e.nodeName))); }})()")
            self.assertLessEqual(set(names), {'svg', 'title', 'rect', 'path', 'circle', 'text', 'image'})

    def test_the_policy_lets_no_other_script_run(self):
        tab = self.browser.tab()
        self.addCleanup(tab.close)
        tab.open(self.cats)
        tab.run("(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); })()")
        self.assertIsNone(tab.run('window.ran ?? null'))
        self.assertTrue(any('Content Security Policy' in text for text in tab.said()))

    def test_colours_have_contrast_in_both_themes(self):
        for dark in (False, True):
            tab = self.browser.tab()
            self.addCleanup(tab.close)
            tab.dark(dark)
            tab.open(self.cats)
            names = ('paper', 'panel', 'ink', 'faint', 'accent', 'found')
            colors = tab.run(f"(() => {{ const s = getComputedStyle(document.documentElement); return Object.fromEntries({json.dumps(names)}.map((n) => [n, s.getPropertyValue('--' + n).trim()])); }})()")
            for text in ('ink', 'faint', 'accent', 'found'):
                for ground in ('paper', 'panel'):
                    self.assertGreaterEqual(contrast(colors[text], colors[ground]), 4.5, f'{text} on {ground}, dark {dark}')
            before = tab.run("getComputedStyle(document.body).backgroundColor")
            tab.press('d')
            self.assertNotEqual(tab.run("getComputedStyle(document.body).backgroundColor"), before)

    def test_every_control_has_a_name_and_a_role(self):
        tab = self.tab(fragment='#head=2.5&query=6&key=6')
        nodes = tab.call('Accessibility.getFullAXTree')['nodes']
        shown = [node for node in nodes if not node.get('ignored')]
        roles = {}
        for node in shown:
            role = node['role']['value']
            name = node.get('name', {}).get('value', '').strip()
            roles.setdefault(role, []).append(name)
        for role in ('button', 'searchbox', 'slider', 'checkbox', 'combobox', 'option', 'listbox', 'application', 'toolbar', 'region'):
            self.assertIn(role, roles)
            self.assertNotIn('', roles[role], role)
        self.assertIn('layer 2, head 5, sink', roles['option'])
        self.assertEqual([level for level in ('h1', 'h2', 'h3') if tab.run(f"document.querySelectorAll('{level}').length") == 0], [])

    def test_sides_of_cross_attention_have_labels_of_their_own(self):
        weights = self.file('cross.json', [[[[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]]])
        keys, queries = self.file('keys.json', ['le', 'chat', 'noir']), self.file('queries.json', ['the', 'cat'])
        page = self.made('cross', weights, '--axes', 'layer,head,query,key', '--cross', '--tokens', keys, '--query-tokens', queries)
        tab = self.tab(page, '#view=columns&query=1')
        self.assertIn('cross-attention', tab.text('#facts'))
        self.assertEqual(tab.text('#token-name'), 'query cat 1×')
        values = tab.run("Array.from(document.querySelectorAll('#token .bars li'), (li) => li.textContent)")
        self.assertEqual(values, ['noir20.7', 'chat10.2', 'le00.1'])
        tab.run("document.attngraph.page.state.set({query: -1, key: 2})")
        tab.settled()
        self.assertEqual(tab.text('#token-name'), 'key noir 2×')

    @unittest.skipUnless(shutil.which('rsvg-convert'), 'there is no rsvg-convert')
    def test_pictures_to_keep_are_rendered_without_a_warning(self):
        for view in ('matrix', 'arcs', 'columns'):
            tab = self.tab(self.hostile(), f'#head=0.1&view={view}')
            markup = tab.run('document.attngraph.svgOf()')
            done = subprocess.run(['rsvg-convert'], input=markup.encode(), capture_output=True)
            self.assertEqual((done.returncode, done.stderr), (0, b''))
            self.assertTrue(done.stdout.startswith(b'\x89PNG'))
            self.assertIn('layer 0, head 1', markup)
            self.assertEqual(markup, tab.run('document.attngraph.svgOf()'))

    def test_paper_shows_the_head_and_the_token_without_controls(self):
        tab = self.tab(fragment='#head=2.5&query=6&key=6&theme=dark')
        data = base64.b64decode(tab.call('Page.printToPDF', printBackground=True)['data'])
        self.assertTrue(data.startswith(b'%PDF'))
        self.assertLessEqual(len(re.findall(rb'/Type\s*/Page\b', data)), 3)
        tab.call('Emulation.setEmulatedMedia', media='print')
        self.assertEqual(tab.run("getComputedStyle(document.getElementById('tools')).display"), 'none')

    def test_a_narrow_window_has_everything_below_each_other(self):
        tab = self.tab(fragment='#head=2.5', width=420, height=800)
        self.assertLessEqual(tab.run('document.documentElement.scrollWidth'), 420)
        tops = tab.run("['all', 'one', 'token'].map((id) => document.getElementById(id).getBoundingClientRect().top)")
        self.assertEqual(tops, sorted(tops))


if __name__ == '__main__':
    unittest.main()
