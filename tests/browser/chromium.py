"""Drives a headless Chromium by the DevTools protocol over a pipe; nothing but Python and Debian's chromium."""

import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions',
         '--host-resolver-rules=MAP * ~NOTFOUND', '--remote-debugging-pipe', '--hide-scrollbars',
         '--force-color-profile=srgb', '--allow-file-access-from-files']


def program():
    return shutil.which('chromium') or shutil.which('chromium-browser')


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix='attngraph-browser-')
        read_there, self.write_here = os.pipe()
        self.read_here, write_there = os.pipe()
        self.process = subprocess.Popen(
            [program(), *FLAGS, f'--user-data-dir={self.profile}', 'about:blank'], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False,
            preexec_fn=lambda: (os.dup2(read_there, 13), os.dup2(write_there, 14), os.dup2(13, 3), os.dup2(14, 4)))
        os.close(read_there)
        os.close(write_there)
        self.buffer = b''
        self.next_id = 0
        self.events = []

    def close(self):
        try:
            self.call('Browser.close')
        except (OSError, EOFError):
            pass
        self.process.wait(timeout=20)
        os.close(self.write_here)
        os.close(self.read_here)
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self, timeout):
        """The next message, or None when none comes in time."""
        end = time.monotonic() + timeout
        while b'\0' not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.read_here], [], [], left)[0]:
                return None
            read = os.read(self.read_here, 1 << 20)
            if not read:
                raise EOFError('the browser has ended')
            self.buffer += read
        line, self.buffer = self.buffer.split(b'\0', 1)
        return json.loads(line)

    def call(self, method, session=None, timeout=60, **parameters):
        self.next_id += 1
        message = {'id': self.next_id, 'method': method, 'params': parameters}
        if session:
            message['sessionId'] = session
        os.write(self.write_here, json.dumps(message).encode() + b'\0')
        while True:
            answer = self.message(timeout)
            if answer is None:
                raise TimeoutError(method)
            if answer.get('id') == self.next_id:
                if 'error' in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer['result']
            self.events.append(answer)

    def tab(self, width=1400, height=900):
        return Tab(self, width, height)


class Tab:
    """One page. Remembers what it said on the console and what it asked for."""

    def __init__(self, browser, width, height):
        self.browser = browser
        target = browser.call('Target.createTarget', url='about:blank')['targetId']
        self.target = target
        self.session = browser.call('Target.attachToTarget', targetId=target, flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log', 'Network'):
            self.call(f'{domain}.enable')
        self.call('Network.emulateNetworkConditions', offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.size(width, height)

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def size(self, width, height, scale=1):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=scale, mobile=False)

    def dark(self, yes):
        self.call('Emulation.setEmulatedMedia', features=[
            {'name': 'prefers-color-scheme', 'value': 'dark' if yes else 'light'}])

    def open(self, path, fragment='', filled=True):
        """Opens a page of attngraph and waits until all of its heads are drawn."""
        self.call('Page.navigate', url=f'file://{os.path.abspath(path)}{fragment}')
        self.wait("document.body && document.body.dataset.filled" if filled else "document.body && document.body.dataset.first")

    def run(self, expression):
        answer = self.call('Runtime.evaluate', expression=expression, awaitPromise=True, returnByValue=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(answer['exceptionDetails'].get('exception', {}).get('description', str(answer)))
        return answer['result'].get('value')

    def wait(self, condition, timeout=60):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.run(f'Boolean({condition})'):
                return
            time.sleep(0.02)
        raise TimeoutError(f'{condition}; the page says: {self.said()}')

    def settled(self):
        """When the page has drawn what it was asked for."""
        self.run('new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done), 30)))')

    def place(self, selector):
        return self.run(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'nearest'}});"
                        ' const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; })()')

    def move(self, x, y):
        self.call('Input.dispatchMouseEvent', type='mouseMoved', x=x, y=y)
        self.settled()

    def click(self, selector, dx=None, dy=None, shift=False):
        left, top, width, height = self.place(selector)
        x = left + (width / 2 if dx is None else dx)
        y = top + (height / 2 if dy is None else dy)
        for kind in ('mousePressed', 'mouseReleased'):
            self.call('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left', clickCount=1, modifiers=8 if shift else 0)
        self.settled()

    def press(self, key, shift=False):
        code = {'Enter': 13, 'Escape': 27, 'Tab': 9, 'ArrowLeft': 37, 'ArrowUp': 38, 'ArrowRight': 39, 'ArrowDown': 40,
                'Home': 36, 'End': 35, ' ': 32}.get(key, 0)
        text = {'Enter': '\r'}.get(key, key if len(key) == 1 else '')
        common = dict(key=key, windowsVirtualKeyCode=code, modifiers=8 if shift else 0)
        self.call('Input.dispatchKeyEvent', type='keyDown', text=text, **common)
        self.call('Input.dispatchKeyEvent', type='keyUp', **common)
        self.settled()

    def type(self, text):
        for letter in text:
            self.press(letter)

    def text(self, selector):
        return self.run(f'document.querySelector({json.dumps(selector)}).textContent')

    def fragment(self):
        return self.run('location.hash')

    def screenshot(self, path):
        import base64
        data = self.call('Page.captureScreenshot', format='png')['data']
        with open(path, 'wb') as file:
            file.write(base64.b64decode(data))

    def said(self):
        """Errors and warnings on the console, and exceptions."""
        self.run('0')
        texts = []
        for event in self.browser.events:
            if event.get('sessionId') != self.session:
                continue
            params = event.get('params', {})
            if event['method'] == 'Runtime.exceptionThrown':
                details = params['exceptionDetails']
                texts.append(details.get('exception', {}).get('description', details['text']))
            elif event['method'] == 'Runtime.consoleAPICalled' and params['type'] in ('error', 'warning', 'assert'):
                texts.append(str(params['args']))
            elif event['method'] == 'Log.entryAdded' and params['entry']['level'] in ('error', 'warning'):
                texts.append(params['entry']['text'])
        return texts

    def requests(self):
        """Addresses that the page asked for."""
        self.run('0')
        return [event['params']['request']['url'] for event in self.browser.events
                if event.get('sessionId') == self.session and event['method'] == 'Network.requestWillBeSent']

    def close(self):
        self.browser.call('Target.closeTarget', targetId=self.target)
