/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host program: the same modem on a pseudo terminal, or as a socket that
 * QEMU's chardev (or another client) connects to. It sleeps in poll() until
 * bytes or the modem's next deadline arrive.
 */
#define _GNU_SOURCE
#include "host_line.h"
#include "script.h"
#include "sim.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_COULD_NOT_RUN = 2 };

struct options {
    const char *link, *wire_log, *socket, *script;
};

struct host {
    struct options options;
    struct host_line line;
    struct script script;
    unsigned next_call;
    struct sim sim;
    struct wire_log_region log;
    uint64_t log_written; /* how much of the ring is in the file */
    int log_file;
    int signals;
    uint64_t started_us;
};

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "modem-sim: %s %s: %s\n", what, name, strerror(errno));
    exit(EXIT_COULD_NOT_RUN);
}

static void usage(FILE *to)
{
    fputs(
        "usage: modem-sim [--link PATH] [--socket PATH|HOST:PORT] [--wire-log FILE] [--script FILE]\n"
        "A 3GPP modem with its carrier. Without --socket it opens a pseudo terminal and prints its path.\n"
        "  --link PATH      make PATH a symbolic link to the pseudo terminal\n"
        "  --socket WHERE   listen on a Unix socket (a path) or on a TCP port of the loopback interface\n"
        "                   (127.0.0.1:PORT, port 0 = any) instead; prints where; one client at a time\n"
        "  --wire-log FILE  write what the modem received, sent and did, line by line\n"
        "  --script FILE    what the carrier does with which number, and who calls when (README.md)\n",
        to);
}

static void parse_options(struct options *options, int argc, char **argv)
{
    static const struct option known[] = {
        { "link", required_argument, NULL, 'l' },   { "wire-log", required_argument, NULL, 'w' },
        { "socket", required_argument, NULL, 's' }, { "script", required_argument, NULL, 'c' },
        { "help", no_argument, NULL, 'h' },         { NULL, 0, NULL, 0 },
    };
    int c;

    while ((c = getopt_long(argc, argv, "h", known, NULL)) != -1) {
        switch (c) {
        case 'l':
            options->link = optarg;
            break;
        case 'w':
            options->wire_log = optarg;
            break;
        case 's':
            options->socket = optarg;
            break;
        case 'c':
            options->script = optarg;
            break;
        case 'h':
            usage(stdout);
            exit(EXIT_SUCCESS);
        default:
            usage(stderr);
            exit(EXIT_COULD_NOT_RUN);
        }
    }
    if (optind < argc) {
        usage(stderr);
        exit(EXIT_COULD_NOT_RUN);
    }
}

static uint64_t monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* Never 0: that is SIM_NEVER. */
static uint64_t now_us(const struct host *host)
{
    return monotonic_us() - host->started_us + 1;
}

static void write_log(struct host *host)
{
    struct wire_log_region *log = &host->log;

    while (host->log_file >= 0 && host->log_written < log->written) {
        size_t at = host->log_written % WIRE_LOG_TEXT_BYTES;
        size_t count = WIRE_LOG_TEXT_BYTES - at;
        ssize_t done;

        if (count > log->written - host->log_written) {
            count = (size_t)(log->written - host->log_written);
        }
        done = write(host->log_file, log->text + at, count);
        if (done < 0 && errno != EINTR) {
            fail("cannot write", host->options.wire_log);
        }
        host->log_written += done > 0 ? (uint64_t)done : 0;
    }
}

/* One incoming call at a time is in the modem; the script's next one waits here. */
static void feed_calls(struct host *host)
{
    const struct script *script = &host->script;

    if (host->next_call == script->calls || host->sim.incoming_us != SIM_NEVER) {
        return;
    }
    sim_schedule_incoming(&host->sim, script->call[host->next_call].at_us + 1,
                          script->call[host->next_call].number);
    host->next_call++;
}

static int poll_timeout(const struct host *host)
{
    uint64_t deadline = sim_deadline(&host->sim);
    uint64_t now = now_us(host);

    if (deadline == SIM_NEVER) {
        return -1;
    }
    return deadline <= now ? 0 : (int)((deadline - now + 999) / 1000);
}

static void receive(struct host *host)
{
    uint8_t bytes[256];
    size_t count = host_line_read(&host->line, bytes, sizeof bytes);

    sim_receive(&host->sim, now_us(host), bytes, count);
}

static void send_output(struct host *host)
{
    sim_output_drop(&host->sim,
                    host_line_write(&host->line, host->sim.output, host->sim.output_length));
}

/* False: somebody asked us to end. */
static bool turn(struct host *host)
{
    struct pollfd fds[] = {
        { .fd = host->signals, .events = POLLIN },
        { .fd = host_line_listener(&host->line), .events = POLLIN },
        { .fd = host->line.fd, .events = POLLIN },
    };

    if (host->sim.output_length > 0) {
        fds[2].events |= POLLOUT;
    }
    if (poll(fds, 3, poll_timeout(host)) < 0 && errno != EINTR) {
        fail("cannot wait on", "the line");
    }
    if (fds[0].revents != 0) {
        return false;
    }
    if (fds[1].revents != 0) {
        host_line_accept(&host->line);
    } else if (fds[2].revents & (POLLIN | POLLHUP | POLLERR)) {
        receive(host);
    }
    feed_calls(host);
    sim_advance(&host->sim, now_us(host));
    send_output(host);
    write_log(host);
    return true;
}

static void catch_signals(struct host *host)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    host->signals = signalfd(-1, &set, SFD_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
}

static void load_script(struct host *host)
{
    unsigned line;

    if (host->options.script == NULL) {
        script_finish(&host->script);
        return;
    }
    if (script_load(&host->script, host->options.script, &line)) {
        return;
    }
    if (line == 0) {
        fail("cannot read", host->options.script);
    }
    fprintf(stderr, "modem-sim: %s:%u: not understood\n", host->options.script, line);
    exit(EXIT_COULD_NOT_RUN);
}

static void open_line(struct host *host)
{
    bool opened = host->options.socket != NULL
                      ? host_line_listen(&host->line, host->options.socket)
                      : host_line_open_pty(&host->line, host->options.link);

    if (!opened) {
        fail("cannot open",
             host->options.socket != NULL ? host->options.socket : "a pseudo terminal");
    }
    printf("%s\n", host->line.name);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static struct host host = { .log_file = -1 };

    parse_options(&host.options, argc, argv);
    load_script(&host);
    if (host.options.wire_log != NULL) {
        host.log_file = open(host.options.wire_log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (host.log_file < 0) {
            fail("cannot write", host.options.wire_log);
        }
    }
    catch_signals(&host);
    host.started_us = monotonic_us();
    sim_start(&host.sim, &host.script.carrier, &host.log, now_us(&host));
    open_line(&host);
    while (turn(&host)) {
        continue;
    }
    host_line_close(&host.line);
    return EXIT_SUCCESS;
}
