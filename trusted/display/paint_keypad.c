/* SPDX-License-Identifier: BSD-2-Clause */
#include "paint.h"

static struct ink paint_key(struct server *s, enum box box)
{
    struct ink ink = theme[s->pressed == box ? ROLE_KEY_PRESSED : ROLE_KEY];

    draw_round(&s->panel, layout[box], (struct ink){ ink.paper, COLOUR_PAGE });
    return ink;
}

void paint_keypad_keys(struct server *s)
{
    struct rect erase = layout[BOX_PAD_ERASE];
    const struct glyph *icon = font_glyph(FONT_ICON, 'b');

    for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_KEY_LAST; box++) {
        char face[2] = { "123456789*0#"[box - BOX_PAD_KEY], '\0' };

        draw_text(&s->panel, FONT_KEY, layout[box], ALIGN_CENTRE, face, paint_key(s, box));
    }
    (void)draw_glyph(&s->panel, FONT_ICON, erase.x + (erase.width - icon->width) / 2,
                     erase.y + (erase.height + icon->height) / 2, 'b', paint_key(s, BOX_PAD_ERASE));
}

void paint_keypad_number(struct server *s)
{
    const struct keypad *k = &s->keypad;

    paint_fill(s, BOX_PAD_NUMBER, 0, COLOUR_PAGE);
    paint_fill(s, BOX_PAD_BAND, 0, COLOUR_PAGE);
    (void)paint_number(s, &k->number, k->gaps, layout[BOX_PAD_NUMBER].y, ROLE_PAGE, NULL);
    if (k->number.length == 0)
        paint_word(s, WORD_KEYPAD_HINT, "", 0, ROLE_SECONDARY);
    else if (k->has_price)
        (void)paint_band(s, &k->tariff, 0, layout[BOX_PAD_BAND].y);
    else
        paint_word(s, WORD_KEYPAD_WAIT, "", 0, ROLE_SECONDARY);
    paint_confirm(s);
}

void paint_keypad(struct server *s)
{
    paint_keypad_number(s);
    paint_keypad_keys(s);
}
