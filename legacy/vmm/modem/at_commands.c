/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands of the virtual modem (3GPP TS 27.007; V.250 chapter 6), letters included, in one
 * table. A row answers its forms with a fixed text, or has a function for what depends on state.
 * A command without a row, or a form without an answer, is ERROR.
 */
#include <stddef.h>

#include "at_run.h"

struct at_row {
    const char *name;
    const char *test;   /* answer to =?, "" = just OK */
    const char *read;   /* answer to ? */
    const char *action; /* answer to the bare command */
    uint8_t limit;      /* of a letter: the largest number behind it */
    bool accepts_set;   /* any value is fine, and has no effect */
    at_function_t *run; /* asked first; AT_RESULTS = not mine, see the texts */
};

/* One small number in 0..limit as only parameter of a set command. */
static enum at_result set_small(const struct at_command *command, uint32_t limit, uint8_t *setting)
{
    uint32_t value;
    if (!at_parameter_number(command, 0, &value) || value > limit) {
        return AT_ERROR;
    }
    *setting = (uint8_t)value;
    return AT_OK;
}

static enum at_result read_small(struct vmodem *modem, const char *prefix, uint32_t value)
{
    struct text text = { 0 };
    text_add(&text, prefix);
    text_add_decimal(&text, value);
    say_line(&modem->say, &text);
    return AT_OK;
}

/* ---- virtual state --------------------------------------------------------------------------- */

static enum at_result run_cfun(struct vmodem *modem, const struct at_command *command)
{
    uint32_t level;
    uint32_t reset = 0;
    if (is_form(command, AT_READ)) {
        return read_small(modem, "+CFUN: ", modem->settings.radio);
    }
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    const bool has_level = at_parameter_number(command, 0, &level);
    (void)at_parameter_number(command, 1, &reset);
    if (!has_level || (level != 0 && level != 1 && level != 4) || reset > 1) {
        return AT_ERROR;
    }
    if (level != 1 || reset == 1) {
        (void)vmodem_hang_up(modem);
    }
    if (reset == 1) {
        vmodem_settings_reset(modem);
    }
    modem->settings.radio = (uint8_t)level;
    return AT_OK;
}

static uint32_t registration_index(const struct at_command *command)
{
    return command->name[2] == 'G' ? 1 : command->name[2] == 'E' ? 2 : 0;
}

static enum at_result run_registration(struct vmodem *modem, const struct at_command *command)
{
    uint8_t *mode = &modem->settings.registration[registration_index(command)];
    if (is_form(command, AT_SET)) {
        return set_small(command, 2, mode);
    }
    if (!is_form(command, AT_READ)) {
        return AT_RESULTS;
    }
    struct text text = { 0 };
    text_add(&text, command->name);
    text_add(&text, ": ");
    text_add_decimal(&text, *mode);
    text_add(&text, modem->settings.radio == 1 ? ",1" : ",0");
    text_add(&text, *mode == 2 && modem->settings.radio == 1 ? ",\"0001\",\"00000001\"" : "");
    say_line(&modem->say, &text);
    return AT_OK;
}

/* 7.3: automatic selection only; mode 3 chooses how the name is told. */
static enum at_result run_cops(struct vmodem *modem, const struct at_command *command)
{
    static const char *const answers[3] = { "+COPS: 0,0,\"Robin\"", "+COPS: 0,1,\"Robin\"",
                                            "+COPS: 0,2,\"26201\"" };
    uint32_t mode;
    uint32_t format;
    if (is_form(command, AT_READ)) {
        say_information(&modem->say, answers[modem->settings.operator_format]);
        return AT_OK;
    }
    if (!is_form(command, AT_SET) || !at_parameter_number(command, 0, &mode)) {
        return AT_ERROR;
    }
    if (mode == 3 && at_parameter_number(command, 1, &format) && format <= 2) {
        modem->settings.operator_format = (uint8_t)format;
        return AT_OK;
    }
    if (mode == 0) {
        return AT_OK;
    }
    vmodem_refused(modem, REPORT_COMMAND_OTHER);
    return AT_NOT_ALLOWED;
}

static const char *const character_sets[] = { "GSM", "IRA", "UCS2" };
enum { CHARACTER_SETS = sizeof(character_sets) / sizeof(character_sets[0]) };

static bool is_text(const char *text, uint32_t length, const char *word)
{
    uint32_t i = 0;
    while (i < length && word[i] != 0 && text[i] == word[i]) {
        i++;
    }
    return i == length && word[i] == 0;
}

static enum at_result set_cscs(struct vmodem *modem, const struct at_command *command)
{
    const char *name;
    uint32_t length;
    if (!at_parameter_string(command, 0, &name, &length)) {
        return AT_ERROR;
    }
    for (uint8_t i = 0; i < CHARACTER_SETS; i++) {
        if (is_text(name, length, character_sets[i])) {
            modem->settings.character_set = i;
            return AT_OK;
        }
    }
    return AT_ERROR;
}

static enum at_result run_cscs(struct vmodem *modem, const struct at_command *command)
{
    if (is_form(command, AT_SET)) {
        return set_cscs(modem, command);
    }
    if (!is_form(command, AT_READ)) {
        return AT_RESULTS;
    }
    struct text text = { 0 };
    text_add(&text, "+CSCS: \"");
    text_add(&text, character_sets[modem->settings.character_set]);
    text_add(&text, "\"");
    say_line(&modem->say, &text);
    return AT_OK;
}

static enum at_result run_cmee(struct vmodem *modem, const struct at_command *command)
{
    if (is_form(command, AT_READ)) {
        return read_small(modem, "+CMEE: ", modem->settings.error_mode);
    }
    return is_form(command, AT_SET) ? set_small(command, 2, &modem->settings.error_mode)
                                    : AT_RESULTS;
}

static enum at_result run_clip(struct vmodem *modem, const struct at_command *command)
{
    uint8_t value;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    const enum at_result result = set_small(command, 1, &value);
    if (result == AT_OK) {
        modem->settings.shows_caller = value == 1;
    }
    return result;
}

static enum at_result run_crc(struct vmodem *modem, const struct at_command *command)
{
    uint8_t value;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    const enum at_result result = set_small(command, 1, &value);
    if (result == AT_OK) {
        modem->settings.has_extended_ring = value == 1;
    }
    return result;
}

static enum at_result run_clir(struct vmodem *modem, const struct at_command *command)
{
    if (is_form(command, AT_READ)) {
        struct text text = { 0 };
        text_add(&text, "+CLIR: ");
        text_add_decimal(&text, modem->settings.hide_number);
        text_add(&text, ",4");
        say_line(&modem->say, &text);
        return AT_OK;
    }
    return is_form(command, AT_SET) ? set_small(command, 2, &modem->settings.hide_number)
                                    : AT_RESULTS;
}

/* 7.15: switching presentation on and off; a string would be sent to the network. */
static enum at_result run_cusd(struct vmodem *modem, const struct at_command *command)
{
    uint8_t ignored;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    for (uint32_t i = 0; i < command->parameters_length; i++) {
        if (command->parameters[i] == ',') {
            vmodem_refused(modem, REPORT_COMMAND_CODE);
            return AT_NOT_ALLOWED;
        }
    }
    return set_small(command, 2, &ignored);
}

/* 7.11: only asking (mode 2) whether calls are diverted; they are not. */
static enum at_result run_ccfc(struct vmodem *modem, const struct at_command *command)
{
    uint32_t mode;
    if (!is_form(command, AT_SET)) {
        return AT_RESULTS;
    }
    if (!at_parameter_number(command, 1, &mode) || mode != 2) {
        vmodem_refused(modem, REPORT_COMMAND_DIVERT);
        return AT_NOT_ALLOWED;
    }
    say_information(&modem->say, "+CCFC: 0,7");
    return AT_OK;
}

/* 8.18: reading the virtual SIM. Only EF_AD (TS 31.102 4.2.18: two-digit MNC) is there. */
static enum at_result run_crsm(struct vmodem *modem, const struct at_command *command)
{
    enum { READ_BINARY = 176, READ_RECORD = 178, GET_RESPONSE = 192, EF_AD = 28589 };
    uint32_t operation;
    uint32_t file = 0;
    if (!is_form(command, AT_SET) || !at_parameter_number(command, 0, &operation) ||
        !at_parameter_number(command, 1, &file)) {
        return AT_ERROR;
    }
    if (operation != READ_BINARY && operation != READ_RECORD && operation != GET_RESPONSE) {
        vmodem_refused(modem, REPORT_COMMAND_SIM);
        return AT_NOT_ALLOWED;
    }
    const char *answer = "+CRSM: 106,130"; /* no such file */
    if (file == EF_AD && operation != READ_RECORD) {
        answer = operation == READ_BINARY ? "+CRSM: 144,0,\"00000002\""
                                          : "+CRSM: 144,0,\"000000046FAD040000FFFF01020000\"";
    }
    say_information(&modem->say, answer);
    return AT_OK;
}

/* TS 27.005, 3.5.1, 3.5.5, 4.4: the text is taken as by any modem, and goes nowhere. */
static enum at_result run_message(struct vmodem *modem, const struct at_command *command)
{
    if (!is_form(command, AT_SET)) {
        return AT_ERROR;
    }
    vmodem_refused(modem, REPORT_COMMAND_SMS);
    return AT_TEXT_FOLLOWS;
}

/* Unknown here, and answered so; but setting one of these would have changed something: that leaves
 * a trace. */
static const struct {
    const char *name;
    enum report_command what;
} noted[] = {
    { "+CTFR", REPORT_COMMAND_DIVERT },  { "+CMSS", REPORT_COMMAND_SMS },
    { "+CMMS", REPORT_COMMAND_SMS },     { "+CSCA", REPORT_COMMAND_SMS },
    { "+CGACT", REPORT_COMMAND_DATA },   { "+CGDATA", REPORT_COMMAND_DATA },
    { "+CGDCONT", REPORT_COMMAND_DATA }, { "+CPIN", REPORT_COMMAND_SIM },
    { "+CSIM", REPORT_COMMAND_SIM },     { "+CPWD", REPORT_COMMAND_SIM },
    { "+CGLA", REPORT_COMMAND_SIM },     { "+CRLA", REPORT_COMMAND_SIM },
    { "+CPBW", REPORT_COMMAND_SIM },     { "+CLCK", REPORT_COMMAND_CODE },
    { "+CKPD", REPORT_COMMAND_CODE },
};

/* +CLCK with mode 2 only asks (TS 27.007, 7.4). */
static void note(struct vmodem *modem, const struct at_command *command)
{
    uint32_t mode = 0;
    if (!is_form(command, AT_SET) ||
        (at_name_is(command, "+CLCK") && at_parameter_number(command, 1, &mode) && mode == 2)) {
        return;
    }
    for (uint32_t i = 0; i < sizeof(noted) / sizeof(noted[0]); i++) {
        if (at_name_is(command, noted[i].name)) {
            vmodem_refused(modem, noted[i].what);
        }
    }
}

/* ---- commands of one letter (V.250, chapter 6) ----------------------------------------------- */

static enum at_result run_echo(struct vmodem *modem, const struct at_command *command)
{
    modem->say.has_echo = command->number == 1;
    return AT_OK;
}

static enum at_result run_quiet(struct vmodem *modem, const struct at_command *command)
{
    modem->say.is_quiet = command->number == 1;
    return AT_OK;
}

static enum at_result run_verbose(struct vmodem *modem, const struct at_command *command)
{
    modem->say.is_verbose = command->number == 1;
    return AT_OK;
}

/* Z and &F (6.1.1, 6.1.2): the virtual modem as after power-on, and no call. */
static enum at_result run_default(struct vmodem *modem, const struct at_command *command)
{
    (void)command;
    const bool is_over = vmodem_hang_up(modem);
    vmodem_settings_reset(modem);
    vmodem_show_carrier(modem);
    return is_over ? AT_OK : AT_NOT_ALLOWED;
}

static enum at_result run_carrier_mode(struct vmodem *modem, const struct at_command *command)
{
    modem->settings.carrier_mode = (uint8_t)command->number;
    vmodem_show_carrier(modem);
    return AT_OK;
}

static enum at_result run_ready_mode(struct vmodem *modem, const struct at_command *command)
{
    modem->settings.ready_mode = (uint8_t)command->number;
    return AT_OK;
}

/* 5.3.2, 6.2.1-6.2.3: fixed, whatever is written; S0 = 0: nothing answers by itself. */
static enum at_result run_sparameter(struct vmodem *modem, const struct at_command *command)
{
    static const uint8_t values[] = { [3] = 13, [4] = 10, [5] = 8, [6] = 2, [7] = 60, [8] = 2 };
    if (is_form(command, AT_SET)) {
        return AT_OK;
    }
    const uint32_t value = command->number < sizeof(values) ? values[command->number] : 0;
    struct text text = { 0 };
    text_add(&text, value < 10 ? "00" : "0");
    text_add_decimal(&text, value);
    say_line(&modem->say, &text);
    return AT_OK;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const struct at_row rows[] = {
    { .name = "A", .run = run_answer },
    { .name = "D", .run = run_dial },
    { .name = "E", .limit = 1, .run = run_echo },
    { .name = "H", .run = run_hang_up },
    { .name = "I", .limit = 9, .action = "Robin virtual modem" },
    { .name = "Q", .limit = 1, .run = run_quiet },
    { .name = "S", .run = run_sparameter },
    { .name = "V", .limit = 1, .run = run_verbose },
    { .name = "Z", .limit = 1, .run = run_default },
    { .name = "&C", .limit = 1, .run = run_carrier_mode },
    { .name = "&D", .limit = 2, .run = run_ready_mode },
    { .name = "&F", .run = run_default },
    /* settings of a line that is not there */
    { .name = "L", .limit = 3, .action = "" },
    { .name = "M", .limit = 3, .action = "" },
    { .name = "P", .action = "" },
    { .name = "T", .action = "" },
    { .name = "X", .limit = 4, .action = "" },
    { .name = "&K", .limit = 6, .action = "" },
    { .name = "&S", .limit = 1, .action = "" },
    { .name = "&W", .limit = 1, .action = "" },

    { .name = "+CLCC", .test = "", .run = run_clcc },
    { .name = "+CHUP", .test = "", .run = run_hang_up },
    { .name = "+CHLD", .test = "+CHLD: (0,1,1x)", .run = run_chld },
    { .name = "+VTS", .test = "+VTS: (0-9,*,#)", .run = run_vts },
    { .name = "+CFUN", .test = "+CFUN: (0,1,4),(0,1)", .run = run_cfun },
    { .name = "+CREG", .test = "+CREG: (0-2)", .run = run_registration },
    { .name = "+CGREG", .test = "+CGREG: (0-2)", .run = run_registration },
    { .name = "+CEREG", .test = "+CEREG: (0-2)", .run = run_registration },
    { .name = "+COPS", .run = run_cops },
    { .name = "+CSQ", .test = "+CSQ: (0-31,99),(99)", .action = "+CSQ: 20,99" },
    { .name = "+CPIN", .test = "", .read = "+CPIN: READY" },
    { .name = "+CIMI", .test = "", .action = "262010123456789" },
    { .name = "+CNUM", .test = "", .action = "" },
    { .name = "+CGMI", .test = "", .action = "Robin" },
    { .name = "+GMI", .test = "", .action = "Robin" },
    { .name = "+CGMM", .test = "", .action = "Virtual modem" },
    { .name = "+GMM", .test = "", .action = "Virtual modem" },
    { .name = "+CGMR", .test = "", .action = "1" },
    { .name = "+GMR", .test = "", .action = "1" },
    { .name = "+CGSN", .test = "", .action = "490154203237518" },
    { .name = "+GSN", .test = "", .action = "490154203237518" },
    { .name = "+GCAP", .action = "+GCAP: +CGSM" },
    { .name = "+CSCS", .test = "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")", .run = run_cscs },
    { .name = "+CMEE", .test = "+CMEE: (0-2)", .run = run_cmee },
    { .name = "+CRC", .test = "+CRC: (0,1)", .run = run_crc },
    { .name = "+CLIP", .test = "+CLIP: (0,1)", .run = run_clip },
    { .name = "+CLIR", .test = "+CLIR: (0-2)", .run = run_clir },
    { .name = "+COLP", .test = "+COLP: (0,1)", .read = "+COLP: 0,0", .accepts_set = true },
    { .name = "+CDIP", .test = "+CDIP: (0,1)", .read = "+CDIP: 0,0", .accepts_set = true },
    { .name = "+CNAP", .test = "+CNAP: (0,1)", .read = "+CNAP: 0,0", .accepts_set = true },
    { .name = "+CSSN", .test = "+CSSN: (0,1),(0,1)", .read = "+CSSN: 0,0", .accepts_set = true },
    { .name = "+CCWA", .test = "+CCWA: (0,1)", .read = "+CCWA: 0", .accepts_set = true },
    { .name = "+CCFC", .test = "+CCFC: (0-5)", .run = run_ccfc },
    { .name = "+CUSD", .test = "+CUSD: (0-2)", .run = run_cusd },
    { .name = "+CRSM", .test = "", .run = run_crsm },
    { .name = "+CMGS", .run = run_message },
    { .name = "+CMGW", .run = run_message },
    { .name = "+CMGC", .run = run_message },
    { .name = "+CBC", .test = "", .action = "+CBC: 0,100" },
    { .name = "+IPR", .test = "+IPR: (0)", .read = "+IPR: 0" },
};

static enum at_result answer_text(struct vmodem *modem, const char *text)
{
    if (text == NULL) {
        return AT_ERROR;
    }
    if (*text != 0) {
        say_information(&modem->say, text);
    }
    return AT_OK;
}

static enum at_result run_row(struct vmodem *modem, const struct at_row *row,
                              const struct at_command *command)
{
    if (command->kind == AT_BASIC && command->number > row->limit) {
        return AT_ERROR;
    }
    if (row->run != NULL) {
        const enum at_result result = row->run(modem, command);
        if (result != AT_RESULTS) {
            return result;
        }
    }
    switch (command->form) {
    case AT_TEST:
        return answer_text(modem, row->test);
    case AT_READ:
        return answer_text(modem, row->read);
    case AT_ACTION:
        return answer_text(modem, row->action);
    case AT_SET:
        break;
    }
    return row->accepts_set ? AT_OK : AT_ERROR;
}

static const struct at_row *find_row(const struct at_command *command)
{
    for (uint32_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (at_name_is(command, rows[i].name)) {
            return &rows[i];
        }
    }
    return NULL;
}

enum at_result at_execute(struct vmodem *modem, const struct at_command *command)
{
    const struct at_row *row = find_row(command);
    const enum at_result result = row == NULL ? AT_ERROR : run_row(modem, row, command);
    if (result == AT_ERROR) {
        note(modem, command);
    }
    return result;
}
