/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens and talks to the virtual modem's tty the way a Trojan would: past the telephony stack. */
#include "modem_tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { NAME_BYTES = 64 };

static void tty_path(char path[NAME_BYTES])
{
    char name[32] = "ttyAMA1";
    FILE *known = fopen("/run/at-line", "r");
    if (known != NULL) {
        (void)fscanf(known, "%31s", name);
        fclose(known);
    }
    (void)snprintf(path, NAME_BYTES, "/dev/%s", name);
}

int modem_tty_open(void)
{
    char path[NAME_BYTES];
    struct termios settings;
    tty_path(path);
    int tty = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (tty < 0) {
        perror(path);
        return -1;
    }
    if (tcgetattr(tty, &settings) == 0) {
        cfmakeraw(&settings);
        settings.c_cflag |= CLOCAL | CREAD;
        tcsetattr(tty, TCSANOW, &settings);
    }
    return tty;
}

bool modem_tty_send(int tty, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t sent = write(tty, text, left);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        if (sent < 0) {
            struct pollfd wait = { .fd = tty, .events = POLLOUT };
            (void)poll(&wait, 1, 100);
            continue;
        }
        text += sent;
        left -= (size_t)sent;
    }
    return true;
}
