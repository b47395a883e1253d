/* SPDX-License-Identifier: BSD-2-Clause */
/* The modem's line on the host: a pseudo terminal, a Unix socket or a TCP port of the loopback. */
#define _GNU_SOURCE
#include "host_line.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

static void set_nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

static bool make_link(struct host_line *line, const char *link)
{
    if (strlen(link) >= sizeof line->unlink) {
        errno = ENAMETOOLONG;
        return false;
    }
    unlink(link);
    if (symlink(line->name, link) != 0) {
        return false;
    }
    strcpy(line->unlink, link);
    return true;
}

bool host_line_open_pty(struct host_line *line, const char *link)
{
    struct termios raw;

    line->listener = -1;
    memset(&raw, 0, sizeof raw);
    cfmakeraw(&raw);
    raw.c_cflag |= CREAD | CLOCAL;
    if (openpty(&line->fd, &line->slave, line->name, &raw, NULL) != 0) {
        return false;
    }
    set_nonblocking(line->fd);
    fcntl(line->slave, F_SETFD, FD_CLOEXEC);
    return link == NULL || make_link(line, link);
}

static bool listen_unix(struct host_line *line, const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    strcpy(address.sun_path, path);
    strcpy(line->name, path);
    strcpy(line->unlink, path);
    unlink(path);
    line->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    return line->listener >= 0 &&
           bind(line->listener, (struct sockaddr *)&address, sizeof address) == 0;
}

/* Only the loopback interface: a modem that anybody may dial with must not be on a network. */
static bool listen_tcp(struct host_line *line, uint16_t port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
    socklen_t length = sizeof address;
    int on = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    line->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (line->listener < 0) {
        return false;
    }
    setsockopt(line->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(line->listener, (struct sockaddr *)&address, sizeof address) != 0) {
        return false;
    }
    if (getsockname(line->listener, (struct sockaddr *)&address, &length) != 0) {
        return false;
    }
    snprintf(line->name, sizeof line->name, "127.0.0.1:%u", ntohs(address.sin_port));
    return true;
}

bool host_line_listen(struct host_line *line, const char *where)
{
    unsigned port;
    bool bound;

    line->fd = -1;
    line->slave = -1;
    if (sscanf(where, "127.0.0.1:%u", &port) == 1 && port < 65536) {
        bound = listen_tcp(line, (uint16_t)port);
    } else {
        bound = listen_unix(line, where);
    }
    if (!bound || listen(line->listener, 1) != 0) {
        return false;
    }
    set_nonblocking(line->listener);
    return true;
}

int host_line_listener(const struct host_line *line)
{
    return line->fd < 0 ? line->listener : -1;
}

void host_line_accept(struct host_line *line)
{
    line->fd = accept(line->listener, NULL, NULL);
    if (line->fd >= 0) {
        set_nonblocking(line->fd);
    }
}

static void drop_client(struct host_line *line)
{
    if (line->listener < 0) {
        return; /* a pseudo terminal stays */
    }
    close(line->fd);
    line->fd = -1;
}

size_t host_line_read(struct host_line *line, uint8_t *bytes, size_t room)
{
    ssize_t count = read(line->fd, bytes, room);

    if (count > 0) {
        return (size_t)count;
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        drop_client(line);
    }
    return 0;
}

size_t host_line_write(struct host_line *line, const uint8_t *bytes, size_t count)
{
    ssize_t done;

    if (line->fd < 0) {
        return count;
    }
    done = count == 0 ? 0 : write(line->fd, bytes, count);
    if (done >= 0) {
        return (size_t)done;
    }
    if (errno == EAGAIN || errno == EINTR) {
        return 0;
    }
    drop_client(line);
    return count;
}

void host_line_close(struct host_line *line)
{
    if (line->unlink[0] != '\0') {
        unlink(line->unlink);
    }
    close(line->fd);
    close(line->slave);
    close(line->listener);
}
