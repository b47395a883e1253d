/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands whose answer never changes, as one table. */
#include "replies.h"

#include "text.h"

#define MAKER "Robin"
#define MODEL "modem-sim"
#define REVISION "1"
#define IMEI "490154203237518" /* the example number of TS 23.003 */
#define IMSI "001010123456789" /* MCC 001: test networks */
#define STORES "(\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")"

/*
 * Columns as the four kinds of a command: X, X?, X=?, X=…. What stands here was
 * asked for by oFono 1.31 (cinterion), ModemManager 1.20 (generic) or gammu 1.42.
 */
static const struct {
    const char *name;
    const char *reply[AT_KINDS];
} fixed_replies[] = {
    /*               execute            read                    test                       set  */
    { "+GMI", { MAKER, NULL, "", NULL } },
    { "+CGMI", { MAKER, NULL, "", NULL } },
    { "+GMM", { MODEL, NULL, "", NULL } },
    { "+CGMM", { MODEL, NULL, "", NULL } },
    { "+GMR", { REVISION, NULL, "", NULL } },
    { "+CGMR", { REVISION, NULL, "", NULL } },
    { "+GSN", { IMEI, NULL, "", NULL } },
    { "+CGSN", { IMEI, NULL, "", NULL } },
    { "+CIMI", { IMSI, NULL, "", NULL } },
    { "+GCAP", { "+GCAP: +CGSM", NULL, "", NULL } },
    { "+CPIN", { NULL, "+CPIN: READY", "", NULL } },
    { "+CPINR", { "", NULL, NULL, NULL } },
    { "+CUAD", { "", NULL, NULL, NULL } },
    { "+CNUM", { "+CNUM: \"\",\"+15550100\",145", NULL, "", NULL } },
    { "+CSQ", { "+CSQ: 20,99", NULL, "+CSQ: (0-31,99),(99)", NULL } },
    { "+CBC", { "+CBC: 0,80", NULL, "+CBC: (0),(0-100)", NULL } },
    { "+CPAS", { "+CPAS: 0", NULL, "+CPAS: (0,3,4)", NULL } },
    { "+CIND",
      { NULL, "+CIND: 5,4,1,0",
        "+CIND: (\"battchg\",(0-5)),(\"signal\",(0-5)),(\"service\",(0,1)),(\"roam\",(0,1))",
        NULL } },
    { "+CMER", { NULL, NULL, "+CMER: (0-3),(0),(0),(0-2),(0,1)", "" } },
    { "+WS46", { NULL, "+WS46: 12", "+WS46: (12,22,25)", NULL } },
    { "+CSMS", { NULL, "+CSMS: 0,1,1,1", "+CSMS: (0,1)", "+CSMS: 1,1,1" } },
    { "+CMGF", { NULL, "+CMGF: 0", "+CMGF: (0,1)", "" } },
    { "+CPMS", { NULL, NULL, "+CPMS: " STORES, "+CPMS: 0,10,0,10,0,10" } },
    { "+CNMI", { NULL, "+CNMI: 2,1,2,1,0", "+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)", "" } },
    { "+CMGL", { "", NULL, "+CMGL: (0-4)", "" } },
    { "+CGSMS", { NULL, NULL, "+CGSMS: (0-3)", "" } },
    { "+CSCB", { NULL, NULL, NULL, "" } },
    { "+CUSD", { NULL, "+CUSD: 0", "+CUSD: (0-2)", "" } },
    { "+CAOC", { NULL, "+CAOC: 0", NULL, "" } },
    { "+CCWE", { NULL, NULL, NULL, "" } },
    { "+CCWA", { NULL, "+CCWA: 0", "+CCWA: (0,1)", "" } },
    { "+CDIP", { NULL, NULL, NULL, "" } },
    { "+CNAP", { NULL, NULL, NULL, "" } },
    { "+COLP", { NULL, "+COLP: 0,1", "+COLP: (0,1)", "" } },
    { "+CSSN", { NULL, NULL, "+CSSN: (0,1),(0,1)", "" } },
    { "+CGDCONT",
      { NULL, "+CGDCONT: 1,\"IP\",\"internet\",,0,0", "+CGDCONT: (1-4),\"IP\",,,(0),(0)", "" } },
    { "+CGATT", { NULL, "+CGATT: 1", "+CGATT: (0,1)", "" } },
    { "+CGACT", { NULL, "+CGACT: 1,0", "+CGACT: (0,1)", NULL } },
    { "+CGAUTO", { NULL, NULL, NULL, "" } },
    { "+CGEREP", { NULL, NULL, "+CGEREP: (0-2),(0,1)", "" } },
    { "+CPSB", { NULL, NULL, NULL, "" } },
    { "+CPLS", { NULL, NULL, NULL, "" } },
    { "+CPOL", { NULL, NULL, NULL, "" } },
    { "+CTZU", { NULL, NULL, NULL, "" } },
    { "+CCLK", { NULL, "+CCLK: \"26/01/01,00:00:00+00\"", NULL, NULL } },
    { "+CHUP", { NULL, NULL, "", NULL } },
    { "+CLCC", { NULL, NULL, "", NULL } },
    { "+VTS", { NULL, NULL, "+VTS: (0-9,*,#)", NULL } },
    { "+CHLD", { NULL, NULL, "+CHLD: (0,1,1x)", NULL } },
    { "+CSIM", { NULL, NULL, "", "+CSIM: 4,\"9000\"" } },
    { "+CREG", { NULL, NULL, "+CREG: (0-2)", NULL } },
    { "+CGREG", { NULL, NULL, "+CGREG: (0-2)", NULL } },
    { "+CEREG", { NULL, NULL, "+CEREG: (0-2)", NULL } },
    { "+CSCS", { NULL, NULL, "+CSCS: (\"GSM\",\"IRA\",\"UCS2\")", NULL } },
    { "+CMEE", { NULL, NULL, "+CMEE: (0-2)", NULL } },
    { "+CLIP", { NULL, NULL, "+CLIP: (0,1)", NULL } },
    { "+CRC", { NULL, NULL, "+CRC: (0,1)", NULL } },
    { "+CLIR", { NULL, NULL, "+CLIR: (0-2)", NULL } },
    { "+CFUN", { NULL, NULL, "+CFUN: (0,1,4),(0,1)", NULL } },
    { "+COPS",
      { NULL, NULL, "+COPS: (2,\"Robin Test\",\"Robin\",\"00101\"),,(0,1,3),(0,2)", NULL } },
    { "*CNTI", { NULL, NULL, NULL, "" } },
    { "^SIND", { NULL, NULL, NULL, "" } },
};

const char *reply_fixed(const struct at_command *command)
{
    for (unsigned i = 0; i < sizeof fixed_replies / sizeof fixed_replies[0]; i++) {
        if (text_is_equal(fixed_replies[i].name, command->name)) {
            return fixed_replies[i].reply[command->kind];
        }
    }
    return NULL;
}
