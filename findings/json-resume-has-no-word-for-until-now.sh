#!/bin/bash
# What a candidate takes along as JSON Resume has to be read by the next system, and what they bring by ours: a job
# that goes on has no end date at all (null, "" and "Present" are refused), while days that no calendar has, a country
# in words and the fields of the version before 1.0 pass, so that an import has to look at them itself.
# @jsonresume/schema 1.3.1, its own validate(), on made-up résumés.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @jsonresume/schema@1.3.1
cat >try.mjs <<'JS'
import * as named from '@jsonresume/schema';

const validate = (named.default ?? named).validate;
const job = (more) => ({ work: [{ name: 'Example Company', position: 'Engineer', startDate: '2020-01', ...more }] });
const cases = {
  'no end': job({}),
  'end null': job({ endDate: null }),
  'end empty': job({ endDate: '' }),
  'end Present': job({ endDate: 'Present' }),
  'a moment': job({ endDate: '2021-03-31T00:00:00Z' }),
  '30 February': job({ endDate: '2021-02-30' }),
  'month 19': job({ endDate: '2021-19' }),
  'company, as before 1.0': { work: [{ company: 'Example Company', startDate: '2020' }] },
  'a country in words': { basics: { location: { countryCode: 'Germany' } } },
  'a link without https': { basics: { url: 'www.example.com' } },
  'a mark as a number': { education: [{ institution: 'Example University', score: 1.3 }] },
};
for (const [name, resume] of Object.entries(cases)) {
  await new Promise((done) => validate(resume, (error, ok) => { console.log(`${name}: ${ok ? 'passes' : 'refused'}`); done(); }));
}
JS
found=$(node try.mjs)
wanted='no end: passes
end null: refused
end empty: refused
end Present: refused
a moment: refused
30 February: passes
month 19: passes
company, as before 1.0: passes
a country in words: passes
a link without https: refused
a mark as a number: refused'
echo "$found"
[ "$found" = "$wanted" ] || { echo "This has changed." >&2; exit 1; }
