/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of numbers and their prices. */
#include "call_plan.h"
#include "number_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* `shown` has the gaps of `groups`. */
struct row {
    const char *number, *shown;
    uint32_t category, unit, price_cents, notes;
    const char *country; /* English, NULL = home or unknown */
};

static const struct row rows[] = {
    { "09005123456", "0900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199, 0, NULL },
    { "+499005123456", "+49 900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199, 0, NULL },
    { "00499005123456", "0049 900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199, 0, NULL },
    { "+4909005123456", "+49 0900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199,
      NOTE_NON_STANDARD, NULL },
    { "004909005123456", "0049 0900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199,
      NOTE_NON_STANDARD, NULL },
    { "0103309005123456", "01033 0900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199,
      NOTE_CARRIER_PREFIX, NULL },
    { "01003309005123456", "010033 0900 5 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 199,
      NOTE_CARRIER_PREFIX, NULL },
    { "09000123456", "0900 0 123 456", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 49, 0, NULL },
    { "09001234567", "0900 1 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 69, 0, NULL },
    { "09002234567", "0900 2 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 99, 0, NULL },
    { "09003234567", "0900 3 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 149, 0, NULL },
    { "09004234567", "0900 4 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 169, 0, NULL },
    { "09006234567", "0900 6 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 229, 0, NULL },
    { "09007234567", "0900 7 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 249, 0, NULL },
    { "09008234567", "0900 8 234 567", TARIFF_PREMIUM_0900, PRICE_PER_MINUTE, 299, 0, NULL },
    { "09009234567", "0900 9 234 567", TARIFF_PREMIUM_0900, PRICE_UP_TO_PER_MINUTE, 300, 0, NULL },
    { "0900", "0900", TARIFF_PREMIUM_0900, PRICE_UP_TO_PER_MINUTE, 300, 0, NULL },
    { "0190123456", "0190 1 234 56", TARIFF_PREMIUM, PRICE_UP_TO_PER_MINUTE, 300, 0, NULL },
    { "01371234567", "0137 1 234 567", TARIFF_SHARED_COST, PRICE_PER_CALL, 14, 0, NULL },
    { "01372234567", "0137 2 234 567", TARIFF_SHARED_COST, PRICE_PER_MINUTE, 14, 0, NULL },
    { "01376234567", "0137 6 234 567", TARIFF_SHARED_COST, PRICE_PER_CALL, 25, 0, NULL },
    { "01377234567", "0137 7 234 567", TARIFF_PREMIUM, PRICE_PER_CALL, 100, 0, NULL },
    { "+491378234567", "+49 137 8 234 567", TARIFF_PREMIUM, PRICE_PER_CALL, 50, 0, NULL },
    { "01379234567", "0137 9 234 567", TARIFF_PREMIUM, PRICE_PER_CALL, 50, 0, NULL },
    { "01370234567", "0137 0 234 567", TARIFF_MASS_TRAFFIC, PRICE_NONE, 0, 0, NULL },
    { "01381234567", "0138 1 234 567", TARIFF_MASS_TRAFFIC, PRICE_NONE, 0, 0, NULL },
    { "01805123456", "0180 5 123 456", TARIFF_SHARED_COST, PRICE_UP_TO_PER_MINUTE, 20, 0, NULL },
    { "07001234567", "0700 123 4567", TARIFF_PERSONAL, PRICE_UP_TO_PER_MINUTE, 9, 0, NULL },
    { "03212345678", "032 123 456 78", TARIFF_PERSONAL, PRICE_UP_TO_PER_MINUTE, 9, 0, NULL },
    { "08001234567", "0800 123 4567", TARIFF_FREE, PRICE_NONE, 0, 0, NULL },
    { "+49800330", "+49 800 330", TARIFF_FREE, PRICE_NONE, 0, 0, NULL },
    { "0123456789", "012 345 6789", TARIFF_SERVICE, PRICE_NONE, 0, 0, NULL },
    { "0181234567", "0181 234 567", TARIFF_SERVICE, PRICE_NONE, 0, 0, NULL },
    { "0191011", "0191 011", TARIFF_SERVICE, PRICE_NONE, 0, 0, NULL },
    { "03023125042", "030 231 250 42", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "+493023125042", "+49 30 231 250 42", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "0301234567", "030 123 4567", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "03514631", "0351 4631", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "0703112345", "0703 112 345", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "090612345", "0906 123 45", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "01711234567", "0171 123 4567", TARIFF_MOBILE, PRICE_NONE, 0, 0, NULL },
    { "+491711234567", "+49 171 123 4567", TARIFF_MOBILE, PRICE_NONE, 0, 0, NULL },
    { "00491711234567", "0049 171 123 4567", TARIFF_MOBILE, PRICE_NONE, 0, 0, NULL },
    { "+4901711234567", "+49 0171 123 4567", TARIFF_MOBILE, PRICE_NONE, 0, NOTE_NON_STANDARD,
      NULL },
    { "015123456789", "0151 234 567 89", TARIFF_MOBILE, PRICE_NONE, 0, 0, NULL },
    { "01631234567", "0163 123 4567", TARIFF_MOBILE, PRICE_NONE, 0, 0, NULL },
    { "0164123456", "0164 123 456", TARIFF_SERVICE, PRICE_NONE, 0, 0,
      NULL }, /* 0164, 0168, 0169: paging */
    { "0168123456", "0168 123 456", TARIFF_SERVICE, PRICE_NONE, 0, 0, NULL },
    { "+49169123456", "+49 169 123 456", TARIFF_SERVICE, PRICE_NONE, 0, 0, NULL },
    { "0161123456", "0161 123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0103301711234567", "01033 0171 123 4567", TARIFF_UNKNOWN, PRICE_NONE, 0, NOTE_CARRIER_PREFIX,
      NULL },
    { "00493023125042", "0049 30 231 250 42", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "+49403012345", "+49 40 301 2345", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "033203123456", "0332 031 234 56", TARIFF_FIXED, PRICE_NONE, 0, 0, NULL },
    { "0310123456", "0310 123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "+49310123456", "+49 310 123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0701123456", "0701 123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0111234567", "0111 234 567", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0199123456", "0199 123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0103303012345", "01033 030 123 45", TARIFF_UNKNOWN, PRICE_NONE, 0, NOTE_CARRIER_PREFIX,
      NULL },
    { "110", "110", TARIFF_EMERGENCY, PRICE_NONE, 0, 0, NULL },
    { "112", "112", TARIFF_EMERGENCY, PRICE_NONE, 0, 0, NULL },
    { "1120", "1120", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "1120900512", "112 090 0512", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "0112", "0112", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "+49112", "+49 112", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "01033112", "01033 112", TARIFF_UNKNOWN, PRICE_NONE, 0, NOTE_CARRIER_PREFIX, NULL },
    { "115", "115", TARIFF_PLAN, PRICE_NONE, 0, 0, NULL },
    { "116117", "116117", TARIFF_FREE, PRICE_NONE, 0, 0, NULL },
    { "1161170", "116 1170", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "11833", "11833", TARIFF_DIRECTORY, PRICE_UP_TO_PER_MINUTE, 300, 0, NULL },
    { "118000", "118000", TARIFF_DIRECTORY, PRICE_UP_TO_PER_MINUTE, 300, 0, NULL },
    { "1180001", "118 0001", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "123456", "123 456", TARIFF_UNKNOWN, PRICE_NONE, 0, 0, NULL },
    { "00049900512345", "000 499 005 123 45", TARIFF_UNKNOWN, PRICE_NONE, 0, NOTE_NON_STANDARD,
      NULL },
    /* the six numbers of the WinCE/Terdial Trojan */
    { "+8823460777", "+882 346 0777", TARIFF_SATELLITE, PRICE_NONE, 0, 0, "International network" },
    { "+17675033611", "+1 767 503 3611", TARIFF_FOREIGN, PRICE_NONE, 0, 0, "Dominica" },
    { "+88213213214", "+882 132 132 14", TARIFF_SATELLITE, PRICE_NONE, 0, 0,
      "International network" },
    { "+25240221601", "+252 402 216 01", TARIFF_FOREIGN, PRICE_NONE, 0, 0, "Somalia" },
    { "+2392283261", "+239 228 3261", TARIFF_FOREIGN, PRICE_NONE, 0, 0, "Sao Tome and Principe" },
    { "+881842011123", "+881 842 011 123", TARIFF_SATELLITE, PRICE_NONE, 0, 0,
      "Globalstar (satellite)" },
    { "0043900123456", "0043 900 123 456", TARIFF_PREMIUM, PRICE_NONE, 0, 0, "Austria" },
    { "+436601234567", "+43 660 123 4567", TARIFF_FOREIGN, PRICE_NONE, 0, 0, "Austria" },
    { "+12129761234", "+1 212 976 1234", TARIFF_PREMIUM, PRICE_NONE, 0, 0, "USA or Canada" },
    { "+979123456789", "+979 123 456 789", TARIFF_PREMIUM, PRICE_NONE, 0, 0,
      "International premium" },
    { "+15550123", "+1 555 0123", TARIFF_FOREIGN, PRICE_NONE, 0, 0, "USA or Canada" },
};

/* The row's English name, as the table has it. */
static const char *country_name(uint32_t number)
{
    static char line[128];
    FILE *table = fopen(COUNTRIES, "r");

    assert_non_null(table);
    while (number > 0 && fgets(line, sizeof line, table) != NULL) {
        number -= line[0] != '#';
    }
    assert_int_equal(number, 0);
    fclose(table);
    strtok(line, "\t");
    strtok(NULL, "\t");
    return strtok(NULL, "\t");
}

static void assert_country(uint32_t number, const char *name)
{
    if (name == NULL) {
        assert_int_equal(number, 0);
    } else {
        assert_string_equal(country_name(number), name);
    }
}

static void spaced(const struct call_plan *plan, char *out)
{
    const char *text = number_text(&plan->number);

    for (uint32_t i = 0; text[i] != '\0'; i++) {
        if (plan->groups >> i & 1) {
            *out++ = ' ';
        }
        *out++ = text[i];
    }
    *out = '\0';
}

static void every_row(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        struct number n = number_of(row->number);
        struct call_plan plan;
        char shown[64];

        print_message("%s\n", row->number);
        assert_true(call_plan_make(&n, 0, SIM_READY, &plan));
        spaced(&plan, shown);
        assert_string_equal(shown, row->shown);
        assert_int_equal(plan.category, row->category);
        assert_int_equal(plan.unit, row->unit);
        assert_int_equal(plan.price_cents, row->price_cents);
        assert_int_equal(plan.notes, row->notes);
        assert_country(plan.country, row->country);
        assert_true(number_is_equal(&plan.number, &n));
        assert_int_equal(plan.is_emergency, row->category == TARIFF_EMERGENCY);
        assert_int_equal(plan.needs_hold,
                         row->category != TARIFF_PLAN && row->category != TARIFF_MOBILE &&
                             row->category != TARIFF_FIXED && row->category != TARIFF_FREE &&
                             row->category != TARIFF_EMERGENCY);
    }
}

static struct call_plan plan_of(const char *begin, const char *rest)
{
    struct call_plan plan;
    char text[32];
    struct number n;

    snprintf(text, sizeof text, "%s%s", begin, rest);
    n = number_of(text);
    assert_true(call_plan_make(&n, 0, SIM_READY, &plan));
    return plan;
}

/* The third digits that area codes have, by the two before; not written here: all ten. */
static const char *const area_digits[100] = {
    [20] = "12345689",  [24] = "012345678", [27] = "1234567",   [28] = "01234567",
    [31] = "",          [32] = "",          [34] = "012345679", [37] = "1234567",
    [38] = "12345678",  [41] = "023456789", [45] = "0123456",   [46] = "012345678",
    [47] = "012345679", [49] = "01234567",  [50] = "2345678",   [53] = "012345678",
    [57] = "01234567",  [58] = "012345678", [59] = "01234567",  [60] = "023456789",
    [64] = "012345678", [66] = "123456789", [67] = "012345678", [70] = "2345678",
    [71] = "123456789", [72] = "01234567",  [74] = "012345678", [75] = "012345678",
    [76] = "012345678", [77] = "01234567",  [78] = "012345",    [79] = "0134567",
    [80] = "23456789",  [81] = "012345679", [83] = "012346789", [84] = "0123456",
    [85] = "013456789", [86] = "12345678",  [87] = "012345678", [88] = "012456",
    [90] = "6789",      [95] = "01234567",  [96] = "012345678", [97] = "0123467",
    [98] = "01234567",  [99] = "01234567",
};

/* Whatever begins with an area code is a fixed line, and nothing else is; likewise what is mobile.
 */
static void fixed_lines_and_mobiles(void **state)
{
    (void)state;
    for (unsigned value = 100; value < 1000; value++) {
        const char *thirds =
            area_digits[value / 10] != NULL ? area_digits[value / 10] : "0123456789";
        bool is_fixed = value >= 200 && strchr(thirds, (int)('0' + value % 10)) != NULL;
        bool is_mobile =
            value / 10 == 15 || value / 10 == 17 || value == 160 || value == 162 || value == 163;
        char text[16];

        snprintf(text, sizeof text, "%u2345678", value);
        print_message("0%s\n", text);
        assert_int_equal(plan_of("0", text).category == TARIFF_FIXED, is_fixed);
        assert_int_equal(plan_of("0", text).category == TARIFF_MOBILE, is_mobile);
        assert_int_not_equal(plan_of("0", text).category, TARIFF_PLAN);
    }
}

/* A number means the same in each of its forms, over all beginnings of four digits (100y: carriers,
 * 00: abroad). */
static void every_form_means_the_same(void **state)
{
    static const char *const forms[] = { "+49", "0049", "+490", "00490" };

    (void)state;
    for (unsigned value = 1000; value < 10000; value++) {
        struct call_plan plain, other;
        char text[16];

        snprintf(text, sizeof text, "%u23456", value);
        if (value / 100 == 10) {
            continue;
        }
        plain = plan_of("0", text);
        for (unsigned i = 0; i < sizeof forms / sizeof forms[0]; i++) {
            other = plan_of(forms[i], text);
            assert_int_equal(other.category, plain.category);
            assert_int_equal(other.unit, plain.unit);
            assert_int_equal(other.price_cents, plain.price_cents);
            assert_int_equal(other.needs_hold, plain.needs_hold);
        }
    }
}

static void what_cannot_be_called(void **state)
{
    static const char *const texts[] = {
        "1",
        "12",
        "+",
        "+1",
        "*100#",
        "#31#",
        "*31#",
        "*#06#",
        "**21*0900#",
        "112#",
        "*112",
        "12#",
        "4*1",
        "090051234561234567890",
        "+1234567890123456",
        "012345678901234567",
        "*31#*31#030123",
        "#31#*21*030#",
    };
    const struct number empty = { 0 };
    struct call_plan plan;

    (void)state;
    for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct number n = number_of(texts[i]);

        print_message("%s\n", texts[i]);
        assert_false(call_plan_make(&n, 0, SIM_READY, &plan));
    }
    assert_false(call_plan_make(&empty, 0, SIM_READY, &plan));
}

static void caller_id_prefixes(void **state)
{
    struct number hide = number_of("#31#09005123456");
    struct number show = number_of("*31#09005123456");
    struct number plain = number_of("09005123456");
    struct number hidden_emergency = number_of("#31#112");
    struct call_plan plan;

    (void)state;
    assert_true(call_plan_make(&hide, 0, SIM_READY, &plan));
    assert_true(number_is_equal(&plan.number, &plain));
    assert_int_equal(plan.flags, DIAL_HIDE_NUMBER);
    assert_int_equal(plan.notes, NOTE_NUMBER_HIDDEN);
    assert_int_equal(plan.price_cents, 199);
    assert_true(call_plan_make(&show, 0, SIM_READY, &plan));
    assert_int_equal(plan.notes, NOTE_NUMBER_SHOWN);
    assert_true(call_plan_make(&plain, DIAL_HIDE_NUMBER, SIM_READY, &plan));
    assert_int_equal(plan.notes, NOTE_NUMBER_HIDDEN);
    assert_false(call_plan_make(&show, DIAL_HIDE_NUMBER, SIM_READY, &plan));
    assert_false(call_plan_make(&plain, DIAL_FLAGS_ALL, SIM_READY, &plan));
    assert_false(call_plan_make(&plain, 4, SIM_READY, &plan));
    assert_true(call_plan_make(&hidden_emergency, 0, SIM_READY, &plan));
    assert_true(plan.is_emergency);
    assert_int_equal(plan.flags, 0);
}

/* What is dialled is what was asked for, and exactly 110 and 112 are emergencies: over all short
 * numbers. */
/* TS 22.101 10.1.1. */
static void emergency_numbers_with_and_without_a_sim(void **state)
{
    static const struct {
        const char *text;
        bool always;
    } numbers[] = {
        { "112", true }, { "110", true },  { "911", true },  { "000", false },
        { "08", false }, { "118", false }, { "119", false }, { "999", false },
    };
    static const char *const never[] = {
        "1120", "11", "+112", "0112", "080", "0", "113", "#31#08*"
    };
    struct call_plan plan;

    (void)state;
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct number n = number_of(numbers[i].text);

        assert_true(call_plan_make(&n, DIAL_HIDE_NUMBER, SIM_NONE, &plan));
        assert_true(plan.is_emergency && !plan.needs_hold && plan.flags == 0);
        assert_int_equal(plan.category, TARIFF_EMERGENCY);
        (void)call_plan_make(&n, 0, SIM_READY, &plan);
        assert_int_equal(plan.is_emergency, numbers[i].always);
        (void)call_plan_make(&n, 0, SIM_UNKNOWN, &plan);
        assert_int_equal(plan.is_emergency, numbers[i].always);
    }
    for (unsigned i = 0; i < sizeof never / sizeof never[0]; i++) {
        struct number n = number_of(never[i]);

        (void)call_plan_make(&n, 0, SIM_NONE, &plan);
        assert_false(plan.is_emergency);
    }
}

static void all_short_numbers(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 100000; value++) {
        struct number n;
        struct call_plan plan;
        char text[8];

        snprintf(text, sizeof text, "%u", value);
        n = number_of(text);
        if (!call_plan_make(&n, 0, SIM_READY, &plan)) {
            continue;
        }
        assert_true(number_is_equal(&plan.number, &n));
        assert_int_equal(plan.is_emergency, value == 110 || value == 112 || value == 911);
    }
}

/* Whatever words come: no crash, no other number, no gap outside it, nothing without hold but what
 * is plain. */
static void random_words(void **state)
{
    uint64_t seed = 88172645463325252u;

    (void)state;
    for (unsigned round = 0; round < 300000; round++) {
        struct number n = { 0 };
        struct call_plan plan;

        for (unsigned i = 0; i < 1 + NUMBER_PACKED; i++) {
            seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
            if (i == 0) {
                n.length = (uint32_t)seed % 24;
            } else if (8 * i <= n.length + 7) {
                n.packed[i - 1] =
                    (uint32_t)(seed >> 16) & 0x77777777u & (round % 2 ? ~0u : 0x11111111u);
            }
        }
        for (uint32_t i = n.length; i < NUMBER_SYMBOLS_MAX; i++) {
            n.packed[i / 8] &= ~(0xfu << (4 * (i % 8)));
        }
        if (!call_plan_make(&n, (uint32_t)(seed >> 60), SIM_READY, &plan)) {
            continue;
        }
        assert_true(number_is_equal(&plan.number, &n));
        assert_int_equal(plan.groups >> plan.number.length, 0);
        assert_int_equal(plan.groups & 1, 0);
        assert_true(plan.category < TARIFF_CATEGORIES);
    }
}

static void countries(void **state)
{
    static const struct {
        const char *number, *country;
    } codes[] = {
        { "+123", "USA or Canada" },
        { "+700", "Russia" },
        { "+7701", "Kazakhstan" },
        { "+493", NULL },
        { "+201", "Egypt" },
        { "+212", "Morocco" },
        { "0088216", "Thuraya (satellite)" },
        { "00882", "International network" },
        { "+352", "Luxembourg" },
        { "+981", "Iran" },
        { "+420", "Czech Republic" },
        { "001876", "Jamaica" },
        { "+998", "Uzbekistan" },
        { "+870", "Inmarsat (satellite)" },
        { "+8817", "Iridium (satellite)" },
        { "+12", "USA or Canada" },
        { "+21", NULL },
        { "+210123", NULL },
        { "003", NULL },
        { "0030", "Greece" },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct number n = number_of(codes[i].number);
        struct call_plan plan;

        assert_true(call_plan_make(&n, 0, SIM_READY, &plan));
        assert_country(plan.country, codes[i].country);
    }
}

/* The last rule fits whatever comes, and each one before it is longer than those behind it, or as
 * long. */
static void rules_are_in_order(void **state)
{
    const struct tariff_rule *rule = tariff_rules;

    (void)state;
    for (; rule->pattern[0] != '\0'; rule++) {
        assert_true(strlen(rule->pattern) >= strlen(rule[1].pattern));
    }
    assert_int_equal(rule->least_symbols, 0);
    assert_int_equal(rule->most_symbols, 255);
    assert_int_equal(rule->category, TARIFF_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row),
        cmocka_unit_test(fixed_lines_and_mobiles),
        cmocka_unit_test(every_form_means_the_same),
        cmocka_unit_test(what_cannot_be_called),
        cmocka_unit_test(caller_id_prefixes),
        cmocka_unit_test(all_short_numbers),
        cmocka_unit_test(emergency_numbers_with_and_without_a_sim),
        cmocka_unit_test(random_words),
        cmocka_unit_test(countries),
        cmocka_unit_test(rules_are_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
