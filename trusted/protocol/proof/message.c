/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For any words, as many as any sender says:
 * M1 What is put is what is taken, field by field, and the words behind it are left alone.
 * M2 A message that is too short, or has a word of more than 32 bits, gives false and zeros.
 * M3 A request to the modem that is taken is one: the operation exists, a dial command has a token
 *    of the dialler's own and a number that can be dialled.
 * M4 An answer of the display is a decision only if it is whole and says so.
 */
#include "display.h"
#include "modem.h"
#include "proof.h"

abi_word nondet_word(void);

enum { WORDS = 24 };

static void check_any_message(const abi_word *words, uint32_t sent)
{
    const uint32_t length = any_below(WORDS + 1), i = any_below(WORDS);
    uint32_t fields[WORDS];
    const bool is_taken = message_take(fields, length, words, sent);

    if (i >= length) {
        return;
    }
    assert(!is_taken || (sent >= length && fields[i] == words[i]));
    assert(is_taken || fields[i] == 0);
    REACHED(is_taken && length == WORDS);
    REACHED(!is_taken && sent >= length);
}

static void check_put(uint32_t length)
{
    const uint32_t i = any_below(WORDS);
    uint32_t fields[WORDS], back[WORDS];
    abi_word words[WORDS];
    const abi_word before = words[i];

    message_put(words, fields, length);
    assert(i < length || words[i] == before);
    assert(message_take(back, length, words, length));
    assert(i >= length || back[i] == fields[i]);
}

static void check_modem_request(const abi_word *words, uint32_t sent)
{
    struct modem_request r;

    if (!modem_request_take(&r, words, sent)) {
        return;
    }
    assert(r.operation >= MODEM_DIAL && r.operation <= MODEM_DECLINE);
    assert(r.number.length == 0 || number_is_valid(&r.number));
    if (r.operation == MODEM_DIAL) {
        assert(r.token >= 1 && r.token <= MODEM_TOKEN_OWN_MAX);
        assert(number_is_valid(&r.number) && r.number.length <= NUMBER_DIAL_MAX);
        REACHED(r.number.length == NUMBER_DIAL_MAX);
    }
}

static void check_decision(const abi_word *words, uint32_t sent)
{
    struct prompt_decision d;

    if (prompt_decision_take(&d, words, sent)) {
        assert(sent >= MESSAGE_LENGTH(d) && words[0] == DISPLAY_OK);
        assert(d.decision == words[1] && d.decision <= DECISION_WITHDRAWN);
        REACHED(d.decision == DECISION_CONFIRMED);
    }
}

int main(void)
{
    abi_word words[WORDS];
    const uint32_t sent = nondet_u32();

    check_any_message(words, sent);
    check_put(any_below(WORDS + 1));
    check_modem_request(words, sent);
    check_decision(words, sent);
    return 0;
}
