/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the guest's telephone: layout, contacts, touches. */
#include "phone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
    int width, height;
} panels[] = { { 320, 480 }, { 480, 752 }, { 480, 800 }, { 720, 1280 }, { 1024, 600 } };
enum { PANELS = sizeof panels / sizeof panels[0] };

static struct canvas make_canvas(int panel)
{
    struct canvas c = { .width = panels[panel].width, .height = panels[panel].height };
    c.pixels = calloc((size_t)c.width * (size_t)c.height, sizeof(uint32_t));
    assert_non_null(c.pixels);
    return c;
}

static bool overlap(struct rect a, struct rect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static void check_buttons(const struct phone *p, const struct canvas *c)
{
    assert_in_range(p->button_count, 1, BUTTONS_MAX);
    for (int i = 0; i < p->button_count; i++) {
        struct rect r = p->buttons[i].place;
        assert_true(r.x >= 0 && r.y >= 0 && r.width > 0 && r.height > 0);
        assert_true(r.x + r.width <= c->width && r.y + r.height <= c->height);
        for (int j = 0; j < i; j++) {
            assert_false(overlap(r, p->buttons[j].place));
        }
        assert_int_equal(phone_button_at(p, r.x + r.width / 2, r.y + r.height / 2), i);
    }
}

static void fill_phone(struct phone *p)
{
    *p = (struct phone){ .pressed = -1 };
    for (p->contacts.count = 0; p->contacts.count < CONTACTS_MAX; p->contacts.count++) {
        strcpy(p->contacts.entries[p->contacts.count].name, "Somebody");
        strcpy(p->contacts.entries[p->contacts.count].number, "030 23125 000");
    }
    for (p->recent_count = 0; p->recent_count < RECENT_MAX; p->recent_count++) {
        strcpy(p->recent[p->recent_count].number, "03023125001");
    }
    strcpy(p->number, "0123456789012345678901234567890123456789");
    strcpy(p->telephony.number, "0123456789012345678901234567890123456789");
    p->telephony.state = CALL_INCOMING;
}

/* Every button lies on the panel, none on another, and a touch in its middle finds it. */
static void test_buttons_fit_every_panel(void **state)
{
    static struct phone phone;
    (void)state;
    for (int panel = 0; panel < PANELS; panel++) {
        struct canvas c = make_canvas(panel);
        for (int view = VIEW_KEYPAD; view <= VIEW_CALL; view++) {
            fill_phone(&phone);
            phone.view = (enum view)view;
            phone_layout(&phone, &c);
            check_buttons(&phone, &c);
        }
        free(c.pixels);
    }
}

/* Drawing stays inside the canvas whatever is in it: ASan and a guard row watch. */
static void test_drawing_stays_inside(void **state)
{
    static struct phone phone;
    (void)state;
    for (int panel = 0; panel < PANELS; panel++) {
        struct canvas c = make_canvas(panel);
        for (int view = VIEW_KEYPAD; view <= VIEW_CALL; view++) {
            fill_phone(&phone);
            phone.view = (enum view)view;
            phone.pressed = 0;
            phone_layout(&phone, &c);
            phone_draw(&phone, &c, 1000);
        }
        assert_int_not_equal(c.pixels[0], 0);
        free(c.pixels);
    }
}

static void test_a_touch_beside_every_button_finds_none(void **state)
{
    static struct phone phone;
    (void)state;
    struct canvas c = make_canvas(1);
    fill_phone(&phone);
    phone.view = VIEW_KEYPAD;
    phone_layout(&phone, &c);
    assert_int_equal(phone_button_at(&phone, 1, 1), -1);
    assert_int_equal(phone_button_at(&phone, -5, 10000), -1);
    free(c.pixels);
}

static void test_the_keypad_has_twelve_symbols(void **state)
{
    static struct phone phone;
    char found[64] = "";
    (void)state;
    struct canvas c = make_canvas(1);
    fill_phone(&phone);
    phone.view = VIEW_KEYPAD;
    phone_layout(&phone, &c);
    for (int i = 0; i < 12; i++) {
        assert_int_equal(phone.buttons[i].action, ACTION_SYMBOL);
        found[i] = (char)phone.buttons[i].argument;
    }
    assert_string_equal(found, "123456789*0#");
    free(c.pixels);
}

static void test_only_symbols_are_dialled(void **state)
{
    char out[CONTACT_TEXT];
    (void)state;
    dialable("+49 (351) 463-38456;ATD0900", out);
    assert_string_equal(out, "+49351463384560900");
    dialable("", out);
    assert_string_equal(out, "");
    dialable("1234567890123456789012345678901234567890123456789012345", out);
    assert_int_equal(strlen(out), CONTACT_TEXT - 1);
}

static void test_contacts_are_read_and_found(void **state)
{
    static struct contacts contacts;
    char path[] = "/tmp/contacts-XXXXXX";
    (void)state;
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    fputs(
        "Anna;030 1234567\n\nno number\n;0301\nA name that is far longer than any field of this address book is;1\n",
        file);
    fclose(file);
    contacts_load(&contacts, path);
    unlink(path);
    assert_int_equal(contacts.count, 2);
    assert_string_equal(contacts_name(&contacts, "0301234567"), "Anna");
    assert_string_equal(contacts_name(&contacts, "0301234568"), "");
    assert_int_equal(strlen(contacts.entries[1].name), CONTACT_TEXT - 1);
    contacts_load(&contacts, "/nonexistent");
    assert_int_equal(contacts.count, 0);
}

static void test_text_is_measured_as_it_is_drawn(void **state)
{
    (void)state;
    struct canvas c = make_canvas(1);
    assert_int_equal(canvas_text(&c, 10, 10, FONT_TEXT, 0xffffff, "1.99 € · äöü"),
                     10 + text_width(FONT_TEXT, "1.99 € · äöü"));
    assert_true(text_width(FONT_TEXT, "€") > 0);
    assert_int_equal(text_width(FONT_TEXT, "\xff\xc3"), 0);
    free(c.pixels);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons_fit_every_panel),
        cmocka_unit_test(test_drawing_stays_inside),
        cmocka_unit_test(test_a_touch_beside_every_button_finds_none),
        cmocka_unit_test(test_the_keypad_has_twelve_symbols),
        cmocka_unit_test(test_only_symbols_are_dialled),
        cmocka_unit_test(test_contacts_are_read_and_found),
        cmocka_unit_test(test_text_is_measured_as_it_is_drawn),
    };
    return cmocka_run_group_tests_name("phone-ui", tests, NULL, NULL);
}
