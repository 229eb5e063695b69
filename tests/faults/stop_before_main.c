// Preloaded, it stops the program where main begins, so that a tracer comes behind the loader and
// counts the calls of the program alone; in a forked worker the count begins with its first call.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>

typedef int Main(int, char **, char **);
typedef int Start(Main *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);

static Main *program;

static int stopped(int count, char **arguments, char **environment) {
  unsetenv("LD_PRELOAD");
  raise(SIGSTOP);
  return program(count, arguments, environment);
}

int __libc_start_main(Main *begin, int count, char **arguments, void (*first)(void),
                      void (*last)(void), void (*loader)(void), void *stack) {
  Start *start = (Start *)dlsym(RTLD_NEXT, "__libc_start_main");
  program = begin;
  return start(stopped, count, arguments, first, last, loader, stack);
}
