/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages of every length between registers and buffer, against a kernel that the test plays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/syscall.h"
#include "runtime/arch_syscall.h"
#include "runtime/ipc.h"

static struct message_buffer buffer;
static struct {
    unsigned number;
    struct syscall_registers in;
    struct syscall_registers out;
    abi_word buffer_out[MESSAGE_WORDS];
    unsigned calls;
} kernel;

struct message_buffer *arch_message_buffer(void)
{
    return &buffer;
}

void arch_syscall_all(unsigned number, struct syscall_registers *r)
{
    kernel.calls++;
    kernel.number = number;
    kernel.in = *r;
    *r = kernel.out;
    memcpy(buffer.words + MESSAGE_REGISTERS, kernel.buffer_out + MESSAGE_REGISTERS,
           (MESSAGE_WORDS - MESSAGE_REGISTERS) * sizeof(abi_word));
}

static int reset(void **state)
{
    (void)state;
    memset(&buffer, 0, sizeof buffer);
    memset(&kernel, 0, sizeof kernel);
    return 0;
}

static struct ipc_message message_of(uint32_t length)
{
    struct ipc_message m = { .length = length };

    for (uint32_t i = 0; i < length; i++) {
        m.word[i] = 100 + i;
    }
    return m;
}

static void assert_sent(uint32_t length, const abi_word *sent_buffer)
{
    for (uint32_t i = 0; i < length && i < MESSAGE_REGISTERS; i++) {
        assert_int_equal(kernel.in.value[2 + i], 100 + i);
    }
    for (uint32_t i = MESSAGE_REGISTERS; i < length; i++) {
        assert_int_equal(sent_buffer[i], 100 + i);
    }
}

static void test_call_sends_every_length(void **state)
{
    (void)state;
    for (uint32_t length = 0; length <= MESSAGE_WORDS; length++) {
        struct ipc_message m = message_of(length);

        memcpy(kernel.buffer_out, m.word, sizeof kernel.buffer_out); /* what was written stays */
        assert_int_equal(ipc_call(9, &m), STATUS_OK);
        assert_int_equal(kernel.number, SYS_CALL);
        assert_int_equal(kernel.in.value[0], 9);
        assert_int_equal(kernel.in.value[1], length);
        assert_sent(length, buffer.words);
    }
}

static void test_receives_every_length(void **state)
{
    (void)state;
    for (uint32_t length = 0; length <= MESSAGE_WORDS; length++) {
        struct ipc_message m = { .length = 3 };

        kernel.out = (struct syscall_registers){ { STATUS_OK, length, 100, 101, 102, 103, 77 } };
        for (uint32_t i = 0; i < MESSAGE_WORDS; i++) {
            kernel.buffer_out[i] = 100 + i;
        }
        assert_int_equal(ipc_receive(4, 5, &m), STATUS_OK);
        assert_int_equal(kernel.number, SYS_RECEIVE);
        assert_int_equal(kernel.in.value[0], 4);
        assert_int_equal(kernel.in.value[6], 5);
        assert_int_equal(m.length, length);
        assert_int_equal(m.badge, 77);
        assert_false(m.is_signal);
        for (uint32_t i = 0; i < length; i++) {
            assert_int_equal(m.word[i], 100 + i);
        }
    }
}

/* A length that no message has (the kernel would never say so) reads nothing behind the message. */
static void test_length_is_bounded(void **state)
{
    struct ipc_message m;

    (void)state;
    kernel.out = (struct syscall_registers){ { STATUS_OK, MESSAGE_INFO_LENGTH_MASK } };
    assert_int_equal(ipc_receive(4, 5, &m), STATUS_OK);
}

static void test_signal_is_no_message(void **state)
{
    struct ipc_message m = { .length = 3 };

    (void)state;
    kernel.out = (struct syscall_registers){ { STATUS_OK, MESSAGE_INFO_SIGNAL, 0x15 } };
    assert_false(ipc_serve(4, 5, true, &m));
    assert_int_equal(kernel.number, SYS_REPLY_RECEIVE);
    assert_true(m.is_signal);
    assert_int_equal(m.signal_bits, 0x15);
    assert_int_equal(m.length, 0);
}

/* Nothing is answered that was not asked; a receive that failed is no question, and no old signal.
 */
static void test_serves_in_turns(void **state)
{
    struct ipc_message m = message_of(3);

    (void)state;
    kernel.out = (struct syscall_registers){ { STATUS_OK, 2, 100, 101 } };
    assert_true(ipc_serve(4, 5, false, &m));
    assert_int_equal(kernel.number, SYS_RECEIVE);
    assert_int_equal(kernel.in.value[1], 0);
    assert_int_equal(m.length, 2);
    m.word[0] = 42;
    assert_true(ipc_serve(4, 5, true, &m));
    assert_int_equal(kernel.number, SYS_REPLY_RECEIVE);
    assert_int_equal(kernel.in.value[0], 4);
    assert_int_equal(kernel.in.value[1], 2);
    assert_int_equal(kernel.in.value[2], 42);
    assert_int_equal(kernel.in.value[6], 5);
    m.signal_bits = 1;
    kernel.out.value[0] = STATUS_REVOKED;
    assert_false(ipc_serve(4, 5, true, &m));
    assert_int_equal(m.signal_bits, 0);
}

static void test_failure_leaves_no_message(void **state)
{
    struct ipc_message m = message_of(5);

    (void)state;
    kernel.out.value[0] = STATUS_REVOKED;
    kernel.out.value[1] = 5;
    assert_int_equal(ipc_call(9, &m), STATUS_REVOKED);
    assert_int_equal(m.length, 0);
    assert_false(m.is_signal);
}

static void test_too_long_is_never_sent(void **state)
{
    struct ipc_message m = { .length = MESSAGE_WORDS + 1 };

    (void)state;
    assert_int_equal(ipc_call(9, &m), STATUS_TOO_LONG);
    assert_int_equal(ipc_reply(9, &m), STATUS_TOO_LONG);
    assert_false(ipc_serve(9, 8, true, &m));
    assert_int_equal(kernel.calls, 0);
}

static void test_reply(void **state)
{
    struct ipc_message m = message_of(2);

    (void)state;
    assert_int_equal(ipc_reply(8, &m), STATUS_OK);
    assert_int_equal(kernel.number, SYS_REPLY);
    assert_int_equal(kernel.in.value[0], 8);
    assert_int_equal(kernel.in.value[1], 2);
    assert_sent(2, buffer.words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_call_sends_every_length, reset),
        cmocka_unit_test_setup(test_receives_every_length, reset),
        cmocka_unit_test_setup(test_length_is_bounded, reset),
        cmocka_unit_test_setup(test_signal_is_no_message, reset),
        cmocka_unit_test_setup(test_serves_in_turns, reset),
        cmocka_unit_test_setup(test_failure_leaves_no_message, reset),
        cmocka_unit_test_setup(test_too_long_is_never_sent, reset),
        cmocka_unit_test_setup(test_reply, reset),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
