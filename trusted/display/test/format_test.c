/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers in rows, prices, codes, and whether every word fits its box. Built per language. */
#include <math.h>
#include <stdio.h>

#include "fixture.h"

/* ---- number rows ----------------------------------------------------------------------------- */

static void check_rows(uint32_t length, uint32_t gaps)
{
    struct number_rows r;

    number_rows_lay_out(length, gaps, &r);
    assert_in_range(r.count, 1, LAYOUT_ROWS_MAX);
    assert_int_equal(r.first[0], 0);
    assert_int_equal(r.first[r.count], length);
    for (uint32_t row = 0; row < r.count; row++) {
        assert_true(r.first[row] < r.first[row + 1]);
        assert_in_range(number_row_width(r.first[row], r.first[row + 1], r.gaps), 1,
                        layout[BOX_NUMBER].width);
    }
}

static void every_number_fits_in_three_rows(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (uint32_t length = 1; length <= NUMBER_DIAL_MAX; length++) {
        check_rows(length, 0);
        check_rows(length, 0xfffff);
        for (unsigned i = 0; i < 3000; i++) {
            random = random * 1664525 + 1013904223;
            check_rows(length, random >> 12);
            check_rows(length, random >> 12 & random >> 6 & 0xfffff); /* sparser */
        }
    }
}

static void expect_rows(const char *number, uint32_t gaps, uint32_t rows, uint32_t second,
                        uint32_t third)
{
    struct number_rows r;

    number_rows_lay_out((uint32_t)strlen(number), gaps, &r);
    assert_int_equal(r.count, rows);
    assert_int_equal(rows > 1 ? r.first[1] : 0, second);
    assert_int_equal(rows > 2 ? r.first[2] : 0, third);
}

static void rows_are_balanced_and_break_at_gaps(void **state)
{
    (void)state;
    expect_rows("112", 0, 1, 0, 0);
    expect_rows("09005123456", 1 << 4 | 1 << 5 | 1 << 8, 1, 0, 0);
    expect_rows("+499005123456", 1 << 3 | 1 << 6 | 1 << 7 | 1 << 10, 2, 7, 0);
    expect_rows("00881234567890123456", 1 << 2 | 1 << 5 | 1 << 8 | 1 << 11 | 1 << 14 | 1 << 17, 2,
                11, 0);
    expect_rows("01234567890123456789", 0, 2, 9, 0);
    expect_rows("01234567890123456789", 0xfffff, 3, 7, 14);
}

static void groups_hold_together_where_they_can(void **state)
{
    struct number_rows r;
    uint32_t gaps = 1 << 6 | 1 << 12 | 1 << 18;

    (void)state;
    number_rows_lay_out(20, gaps, &r);
    for (uint32_t row = 1; row < r.count; row++) {
        assert_true((gaps >> r.first[row] & 1) != 0);
    }
}

/* ---- prices and codes ------------------------------------------------------------------------ */

static void expect_price(uint32_t category, uint32_t cents, uint32_t unit, enum word word,
                         const char *amount)
{
    struct text is = text_price(&(struct tariff){ category, cents, unit }), want = { 0 };

    text_add_word(&want, word, amount);
    assert_string_equal(is.bytes, want.bytes);
}

static void prices_are_never_empty_and_never_normal(void **state)
{
    char mark[8];

    (void)state;
    snprintf(mark, sizeof mark, "1%c99", word_decimal_mark);
    expect_price(TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE, WORD_PER_MINUTE, mark);
    expect_price(TARIFF_UNKNOWN, 0, PRICE_NONE, WORD_PRICE_UNKNOWN, "");
    expect_price(TARIFF_FOREIGN, 0, PRICE_NONE, WORD_PRICE_UNKNOWN, "");
    expect_price(TARIFF_PLAN, 0, PRICE_NONE, WORD_PRICE_PLAN, "");
    expect_price(TARIFF_MOBILE, 0, PRICE_NONE, WORD_PRICE_PLAN, "");
    expect_price(TARIFF_FIXED, 0, PRICE_NONE, WORD_PRICE_PLAN, "");
    expect_price(TARIFF_FREE, 0, PRICE_NONE, WORD_PRICE_FREE, "");
    expect_price(TARIFF_EMERGENCY, 0, PRICE_NONE, WORD_PRICE_FREE, "");
    for (uint32_t category = TARIFF_EMERGENCY + 1; category < TARIFF_CATEGORIES; category++) {
        expect_price(category, 0, PRICE_NONE, WORD_PRICE_UNKNOWN, "");
    }
    snprintf(mark, sizeof mark, "0%c09", word_decimal_mark);
    expect_price(TARIFF_SHARED_COST, 9, PRICE_PER_CALL, WORD_PER_CALL, mark);
}

static void codes_mean_what_the_standard_says(void **state)
{
    static const struct {
        const char *code, *target;
        enum word meaning;
    } cases[] = {
        { "**21*09005123456#", "09005123456", WORD_DIVERT_ALL },
        { "*21*123#", "123", WORD_DIVERT_ALL },
        { "**21*123*11#", "123", WORD_DIVERT_ALL },
        { "**67*123**20#", "123", WORD_DIVERT_BUSY },
        { "**61*123#", "123", WORD_DIVERT_UNANSWERED },
        { "**62*123#", "123", WORD_DIVERT_UNREACHABLE },
        { "**002*123#", "123", WORD_DIVERT_ALL },
        { "**004*123#", "123", WORD_DIVERT_CONDITIONAL },
        { "**2*123#", "", WORD_NETWORK_CODE },
        { "##002#", "", WORD_NETWORK_CODE },
        { "#21#", "", WORD_NETWORK_CODE },
        { "*21#", "", WORD_NETWORK_CODE },
        { "*100#", "", WORD_NETWORK_CODE },
        { "***21*123#", "", WORD_NETWORK_CODE },
        { "**21*", "", WORD_NETWORK_CODE },
        { "*", "", WORD_NETWORK_CODE },
    };
    struct number diverted;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct number code = number_of(cases[i].code);
        struct text target = { 0 };

        assert_int_equal(text_code_meaning(&code, &diverted), cases[i].meaning);
        text_add_number(&target, &diverted);
        assert_string_equal(target.bytes, cases[i].target);
    }
}

/* ---- words in their boxes -------------------------------------------------------------------- */

/* The widest thing that replaces the '%'. */
static const char *widest_filling(enum word word)
{
    switch ((unsigned)word) {
    case WORD_PER_MINUTE:
    case WORD_PER_CALL:
    case WORD_UP_TO_PER_MINUTE:
    case WORD_PER_MINUTE_SHORT:
    case WORD_PER_CALL_SHORT:
    case WORD_UP_TO_SHORT:
        return "99.99";
    case WORD_SO_FAR:
    case WORD_COST:
        return "9999.99";
    case WORD_DIGITS:
    case WORD_COUNTDOWN:
        return "60";
    case WORD_WHO_EMERGENCY:
    case WORD_CALL_EMERGENCY:
        return "116117";
    case WORD_BAR_LEGACY:
        return "LINUX";
    case WORD_TRYING:
    case WORD_ORDINAL:
        return "9999th";
    case WORD_LOG:
    case WORD_LOG + 1:
        return "4000000000";
    default:
        return "99:59"; /* no wider than 99h59 */
    }
}

static int32_t widest_line(enum word word, enum font_id font)
{
    struct text all = { 0 };
    int32_t most = 0;
    char *line, *rest;

    text_add_word(&all, word, widest_filling(word));
    for (line = strtok_r(all.bytes, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        most = text_width(font, line) > most ? text_width(font, line) : most;
    }
    return most;
}

enum { BAND_ICON = 42 };

static int32_t reserve(enum word word) /* what else stands in the box */
{
    return word >= WORD_CATEGORY && word <= WORD_CATEGORY_LAST ? BAND_ICON : 0;
}

static void every_word_fits_its_box(void **state)
{
    (void)state;
    for (unsigned i = 1; i < WORDS; i++) {
        const struct caption *c = &captions[i];
        bool is_price = c->box == BOX_BAND_PRICE;
        int32_t width =
            widest_line((enum word)i, is_price ? FONT_HEAD : c->font) + reserve((enum word)i);

        if (word_text[i] == NULL || c->box == BOX_NONE) {
            fail_msg("word %u is missing", i);
        }
        if (width > layout[c->box].width) {
            fail_msg("\"%s\" is %d px, its box %d", word_text[i], width, layout[c->box].width);
        }
        if (c->box >= BOX_CONFIRM && c->align == ALIGN_CENTRE && width + 8 > layout[c->box].width) {
            fail_msg("\"%s\" touches the edge of its button", word_text[i]);
        }
    }
}

static void prices_fit_the_buttons(void **state)
{
    (void)state;
    for (unsigned i = WORD_PRICE_UNKNOWN; i <= WORD_UP_TO_PER_MINUTE; i++) {
        assert_in_range(widest_line((enum word)i, FONT_STRONG), 1, layout[BOX_CONFIRM].width - 8);
    }
    for (unsigned i = WORD_PER_MINUTE_SHORT; i <= WORD_UP_TO_SHORT; i++) {
        assert_in_range(widest_line((enum word)i, FONT_TEXT), 1, layout[BOX_PAD_CALL].width - 4);
    }
    assert_in_range(widest_line(WORD_PRICE_UNKNOWN, FONT_TEXT), 1, layout[BOX_PAD_CALL].width - 4);
}

static int32_t widest_of(enum word first, enum word last)
{
    int32_t most = 0;

    for (unsigned i = first; i <= last; i++) {
        int32_t width = widest_line((enum word)i, captions[i].font);

        most = width > most ? width : most;
    }
    return most;
}

static int32_t width_in(uint32_t category, const char *country)
{
    struct text t = { 0 };

    text_add_word(&t, WORD_CATEGORY_IN + category, country);
    return text_width(FONT_CATEGORY, t.bytes);
}

/* Alone at least; and the name of whoever sells premium calls never pushes that word out. */
static void every_country_fits_the_band(void **state)
{
    static const char *const sellers[] = {
        "Luxemb",  "Switzerl", "Schweiz",     "Austria", "sterreich", "France", "Frankreich",
        "Spain",   "Spanien",  "Italy",       "Italien", "Poland",    "Polen",  "Denmark",
        "nemark",  "USA",      "Czech",       "Tschech", "Slova",     "Slowak", "Netherl",
        "Niederl", "Belgi",    "United King", "britann"
    };
    int32_t room = layout[BOX_BAND_CATEGORY].width - BAND_ICON;

    (void)state;
    assert_int_equal(country_names[0][0], '\0');
    for (unsigned i = 1; i < COUNTRIES; i++) {
        const char *name = country_names[i];

        if (*name == '\0' || text_width(FONT_CATEGORY, name) > room) {
            fail_msg("\"%s\" is %d px, there are %d", name, text_width(FONT_CATEGORY, name), room);
        }
        for (const char *p = name; *p != '\0'; p++) {
            assert_true(*p == ' ' || font_glyph(FONT_CATEGORY, *p)->advance != 0);
        }
        for (size_t j = 0; j < sizeof sellers / sizeof sellers[0]; j++) {
            if (strstr(name, sellers[j]) != NULL && strchr(name, '(') == NULL &&
                width_in(TARIFF_PREMIUM, name) > room) {
                fail_msg("\"%s\" has no room beside its category", name);
            }
        }
    }
}

static void labels_of_the_bar_do_not_meet(void **state)
{
    int32_t room = layout[BOX_BAR_LEGACY].width - layout[BOX_BAR_NAME].width -
                   text_width(FONT_STRONG, word_text[WORD_BAR_LEGACY] + 1) - 8;

    (void)state;
    assert_int_equal(word_text[WORD_BAR_LEGACY][0], '%');
    assert_true(widest_of(WORD_BAR_ROBIN, WORD_BAR_ROBIN) <= room);
    assert_true(widest_of(WORD_BAR_SHORT, WORD_BAR_SHORT_LAST) <= room);
    assert_true(text_width(FONT_STRONG, "LINUX") <= layout[BOX_BAR_NAME].width);
    /* what is wiped each second is no letter of who has the screen */
    assert_true(layout[BOX_BAR_LABEL].x + widest_line(WORD_BAR_TRUSTED, FONT_STRONG) <=
                layout[BOX_BAR_RIGHT].x);
    assert_true(layout[BOX_BAR_LABEL].x + widest_line(WORD_BAR_TRUSTED, FONT_STRONG) + 8 +
                    widest_of(WORD_BAR_STATE, WORD_BAR_STATE_LAST) <=
                layout[BOX_BAR_RIGHT].x + layout[BOX_BAR_RIGHT].width);
}

static void all_outcomes_fit_a_line(void **state)
{
    (void)state;
    for (unsigned i = WORD_ORIGIN; i <= WORD_ORIGIN_LAST; i++) {
        for (unsigned j = WORD_OUTCOME; j <= WORD_OUTCOME_LAST; j++) {
            assert_true(text_width(FONT_TEXT, word_text[i]) + text_width(FONT_TEXT, word_text[j]) +
                            text_width(FONT_TEXT, word_text[WORD_DOT]) <=
                        layout[BOX_HOME_ENTRY].width);
        }
    }
}

static void every_letter_has_a_picture(void **state)
{
    (void)state;
    for (unsigned i = 1; i < WORDS; i++) {
        for (const char *p = word_text[i]; *p != '\0'; p++) {
            assert_true(*p == ' ' || font_glyph(captions[i].font, *p)->advance != 0);
        }
    }
    for (unsigned i = 0; i < 13; i++) {
        assert_int_equal(font_glyph(FONT_NUMBER, "0123456789*#+"[i])->advance, 34);
        assert_true(font_glyph(FONT_CODE, "0123456789*#+"[i])->width > 0);
    }
}

/* ---- colours --------------------------------------------------------------------------------- */

/* Who looks: everybody; without red, green, blue cones. Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0:
 * linear RGB as they see it. */
enum { EVERYBODY, VIEWERS = 4 };

static const double seen_as[VIEWERS][3][3] = {
    { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
    { { 0.152286, 1.052583, -0.204868 },
      { 0.114503, 0.786281, 0.099216 },
      { -0.003882, -0.048116, 1.051998 } },
    { { 0.367322, 0.860646, -0.227968 },
      { 0.280085, 0.672501, 0.047413 },
      { -0.011820, 0.042940, 0.968881 } },
    { { 1.255528, -0.076749, -0.178779 },
      { -0.078411, 0.930809, 0.147602 },
      { 0.004733, 0.691367, 0.303900 } },
};

static double luminance(uint32_t colour, unsigned viewer) /* WCAG 2.1, "relative luminance" */
{
    static const double weight[3] = { 0.2126, 0.7152, 0.0722 };
    double linear[3], sum = 0;

    for (unsigned i = 0; i < 3; i++) {
        double v = (colour >> (16 - 8 * i) & 0xff) / 255.0;

        linear[i] = v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    for (unsigned i = 0; i < 3; i++) {
        const double *row = seen_as[viewer][i];

        sum += weight[i] *
               fmin(1, fmax(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2]));
    }
    return sum;
}

static double contrast(uint32_t one, uint32_t other, unsigned viewer)
{
    double a = luminance(one, viewer), b = luminance(other, viewer);

    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static void all_text_has_a_contrast_of_seven(void **state)
{
    (void)state;
    for (unsigned i = 0; i < ROLES; i++) {
        assert_true(contrast(theme[i].colour, theme[i].paper, EVERYBODY) >= 7.0 - 0.01);
    }
}

/* A button stands out by its ground or by its rim. */
static void expect_shape(enum theme_role role, uint32_t page)
{
    double ground = contrast(theme[role].paper, page, EVERYBODY),
           rim = contrast(theme[role].rim, page, EVERYBODY);

    if (fmax(ground, rim) < 3.0) {
        fail_msg("role %u: %.2f and %.2f on %06x", role, ground, rim, page);
    }
}

static uint32_t page_of(const struct item *item)
{
    return (item->needs >> IF_RED & 1) != 0       ? COLOUR_EMERGENCY
           : (item->needs >> IF_RINGING & 1) != 0 ? COLOUR_TRUSTED
                                                  : COLOUR_PAGE;
}

static void what_is_not_text_has_a_contrast_of_three(void **state)
{
    unsigned buttons = 0;

    (void)state;
    for (const struct item *i = items; i < items + item_count; i++) {
        if (i->kind != ITEM_BUTTON && i->kind != ITEM_NO && i->kind != ITEM_KEYS &&
            i->kind != ITEM_TONES) {
            continue;
        }
        buttons++;
        expect_shape(i->role, page_of(i));
        if (i->kind == ITEM_NO || i->kind == ITEM_KEYS) { /* armed; under the finger */
            expect_shape(i->role + 1, page_of(i));
        }
    }
    assert_true(buttons > 20);
    for (unsigned i = YES_DIAL_LATER; i < YES_KINDS; i++) {
        const struct yes_button *yes = &yes_buttons[i];
        uint32_t page = i == YES_EMERGENCY || i == YES_HANG_UP ? COLOUR_EMERGENCY
                        : yes->box == BOX_ANSWER               ? COLOUR_TRUSTED
                                                               : COLOUR_PAGE;

        for (unsigned look = 0; look < 3; look++) {
            expect_shape(yes->outline + look, page);
        }
        if (yes->rules.acts == CONFIRM_ON_HOLD) { /* how far a hold has come */
            assert_true(contrast(theme[yes->outline + 2].paper, theme[yes->outline + 1].paper,
                                 EVERYBODY) >= 3.0);
        }
    }
}

/* WCAG asks for 4.5 in type as large as ours. And whose a screen is can be told without colours. */
static void who_sees_fewer_colours_reads_as_well(void **state)
{
    (void)state;
    for (unsigned viewer = EVERYBODY + 1; viewer < VIEWERS; viewer++) {
        for (unsigned i = 0; i < ROLES; i++) {
            assert_true(contrast(theme[i].colour, theme[i].paper, viewer) >= 6.0);
        }
        assert_true(contrast(theme[ROLE_BAR_TRUSTED].paper, theme[ROLE_BAR_LEGACY].paper, viewer) >=
                    4.5);
        assert_true(contrast(theme[ROLE_EMERGENCY].paper, theme[ROLE_BAR_LEGACY].paper, viewer) >=
                    4.5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_fits_in_three_rows),
        cmocka_unit_test(rows_are_balanced_and_break_at_gaps),
        cmocka_unit_test(groups_hold_together_where_they_can),
        cmocka_unit_test(prices_are_never_empty_and_never_normal),
        cmocka_unit_test(codes_mean_what_the_standard_says),
        cmocka_unit_test(every_word_fits_its_box),
        cmocka_unit_test(prices_fit_the_buttons),
        cmocka_unit_test(every_country_fits_the_band),
        cmocka_unit_test(labels_of_the_bar_do_not_meet),
        cmocka_unit_test(all_outcomes_fit_a_line),
        cmocka_unit_test(every_letter_has_a_picture),
        cmocka_unit_test(all_text_has_a_contrast_of_seven),
        cmocka_unit_test(what_is_not_text_has_a_contrast_of_three),
        cmocka_unit_test(who_sees_fewer_colours_reads_as_well),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
