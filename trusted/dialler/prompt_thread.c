/* SPDX-License-Identifier: BSD-2-Clause */
#include "prompt_thread.h"

#include "manifest.h"
#include "runtime/barrier.h"
#include "runtime/syscall.h"
#include "words.h"

static struct ipc_message question, answer;

static uint32_t kind_of(const struct call_plan *plan)
{
    uint32_t kind = plan->is_emergency ? PROMPT_EMERGENCY : PROMPT_CALL;

    return kind | (uint32_t)plan->needs_hold << 8;
}

void prompt_ask(const struct dial_call *call)
{
    const struct call_plan *plan = &call->plan;

    question = (struct ipc_message){ .length = PROMPT_WORDS };
    question.word[0] = DISPLAY_PROMPT;
    question.word[PROMPT_WORD_EPOCH_LOW] = (uint32_t)call->epoch;
    question.word[PROMPT_WORD_EPOCH_HIGH] = (uint32_t)(call->epoch >> 32);
    question.word[PROMPT_WORD_KIND] = kind_of(plan);
    question.word[PROMPT_WORD_ORIGIN] = call->origin;
    question.word[PROMPT_WORD_CATEGORY] = plan->category;
    question.word[PROMPT_WORD_PRICE] = plan->price_cents;
    question.word[PROMPT_WORD_UNIT] = plan->unit;
    question.word[PROMPT_WORD_NOTES] = plan->notes;
    question.word[PROMPT_WORD_GROUPS] = plan->groups;
    question.word[PROMPT_WORD_COUNTRY] = plan->country;
    words_put_number(&question, PROMPT_WORD_NUMBER, &plan->number);
    barrier_write();
    (void)sys_signal(CAP_PROMPT_WAKE);
}

void prompt_take_answer(struct dial_input *input_out)
{
    barrier_read();
    input_out->kind = DIAL_INPUT_DECISION;
    input_out->value = words_take(&answer, DECISION_WORD_DECISION);
    input_out->epoch = words_take(&answer, DECISION_WORD_EPOCH_LOW) |
                       (uint64_t)words_take(&answer, DECISION_WORD_EPOCH_HIGH) << 32;
    input_out->number = words_take_number(&answer, DECISION_WORD_NUMBER);
}

/* A display that fails, or says anything but OK, has shown nothing and confirmed nothing. */
static void ask_display(void)
{
    answer = question;
    if (ipc_call(CAP_DISPLAY, &answer) == STATUS_OK && answer.length > 0 && answer.word[0] == DISPLAY_OK)
        return;
    answer.length = DECISION_WORDS;
    answer.word[DECISION_WORD_DECISION] = DECISION_WITHDRAWN;
}

_Noreturn void prompt_thread_run(void)
{
    abi_word bits;

    for (;;) {
        (void)sys_wait(CAP_PROMPT_WAKE, &bits);
        barrier_read();
        ask_display();
        barrier_write();
        (void)sys_signal(CAP_PROMPT_DONE);
    }
}
