/* SPDX-License-Identifier: BSD-2-Clause */
/* The address book: lines "name;number" of /etc/robin/contacts. */
#pragma once

enum { CONTACTS_MAX = 32, CONTACT_TEXT = 48 };

struct contact {
    char name[CONTACT_TEXT];
    char number[CONTACT_TEXT]; /* as written, with spaces */
};

struct contacts {
    struct contact entries[CONTACTS_MAX];
    int count;
};

void contacts_load(struct contacts *c, const char *path);

/* The name to a number, or "". */
const char *contacts_name(const struct contacts *c, const char *number);

/* Only what may be dialled: digits, * # and +. */
void dialable(const char *written, char out[CONTACT_TEXT]);
