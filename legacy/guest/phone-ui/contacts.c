/* SPDX-License-Identifier: BSD-2-Clause */
/* The address book: names and numbers read from a text file. */
#include "contacts.h"

#include <stdio.h>
#include <string.h>

static int load_line(struct contact *entry, char *line)
{
    char *number = strchr(line, ';');
    line[strcspn(line, "\r\n")] = 0;
    if (number == NULL || number == line) {
        return 0;
    }
    *number++ = 0;
    (void)snprintf(entry->name, CONTACT_TEXT, "%.*s", CONTACT_TEXT - 1, line);
    (void)snprintf(entry->number, CONTACT_TEXT, "%.*s", CONTACT_TEXT - 1, number);
    return 1;
}

void contacts_load(struct contacts *c, const char *path)
{
    char line[128];
    FILE *file = fopen(path, "r");
    c->count = 0;
    while (file != NULL && c->count < CONTACTS_MAX && fgets(line, sizeof line, file) != NULL) {
        c->count += load_line(&c->entries[c->count], line);
    }
    if (file != NULL) {
        fclose(file);
    }
}

void dialable(const char *written, char out[CONTACT_TEXT])
{
    size_t length = 0;
    for (; *written != 0 && length < CONTACT_TEXT - 1; written++) {
        if (strchr("0123456789*#+", *written) != NULL) {
            out[length++] = *written;
        }
    }
    out[length] = 0;
}

const char *contacts_name(const struct contacts *c, const char *number)
{
    char wanted[CONTACT_TEXT], known[CONTACT_TEXT];
    dialable(number, wanted);
    for (int i = 0; i < c->count; i++) {
        dialable(c->entries[i].number, known);
        if (strcmp(wanted, known) == 0) {
            return c->entries[i].name;
        }
    }
    return "";
}
