import { z } from 'zod'
import type { Trx } from '../../../db/viewer.ts'
import { choice, optionalText, plainDate, text } from '../../../platform/forms.ts'
import { nameKey } from '../../../record/names.ts'
import { ChoiceField, DateField, dateParts, SelectField, TextField } from '../../../ui/fields/index.ts'
import { GovukButton } from '../../../ui/govuk/index.ts'
import {
  ETHNICITIES,
  ethnicityWords,
  findDuplicates,
  findSetting,
  findSettings,
  MOST_SETTINGS,
  optionalNhsNumber,
  optionalPostcode,
  optionalUpn,
  SEXES,
  sexWords,
} from '../the-child/index.ts'
import { changePage } from './change-page.tsx'
import { type Change, refuse } from './command.ts'

const schema = z.object({
  givenName: text('Enter the child’s given name', { max: 100 }),
  familyName: text('Enter the child’s family name', { max: 100 }),
  knownAs: optionalText({ max: 100 }),
  bornOn: plainDate('the child’s date of birth'),
  sex: choice(['F', 'M'], 'Choose the child’s sex'),
  upn: optionalUpn,
  nhsNumber: optionalNhsNumber,
  ethnicity: optionalText({ max: 10 }),
  firstLanguage: text('Enter the child’s first language', { max: 60 }),
  interpreter: optionalText({ max: 100 }),
  addressLine: optionalText({ max: 200 }),
  town: optionalText({ max: 60 }),
  postcode: optionalPostcode,
  settingUrn: optionalText({ max: 10 }),
  localityId: optionalText({ max: 60 }),
  why: text('Enter why you are changing this, and how you know', { max: 500 }),
})

/** The details of a child's record: each change is told, old and new, with why. */
export const detailsRoutes = changePage({
  url: '/staff/children/:id/details',
  name: 'change the child’s details',
  title: () => 'Change details',
  schema,
  dates: ['bornOn'],
  again: 'find-setting',
  button: 'Save the changes',
  start: (child) => ({
    givenName: child.given_name,
    familyName: child.family_name,
    knownAs: child.known_as ?? '',
    ...dateParts('bornOn', child.date_of_birth),
    sex: child.sex,
    upn: child.upn ?? '',
    nhsNumber: child.nhs_number ?? '',
    ethnicity: child.ethnicity ?? '',
    firstLanguage: child.first_language,
    interpreter: child.interpreter ?? '',
    addressLine: child.address_line ?? '',
    town: child.town ?? '',
    postcode: child.postcode ?? '',
    settingUrn: child.setting_urn ?? '',
    localityId: child.locality_id ?? '',
  }),
  questions: async (form, child, context) => {
    const searched = form.value('settingSearch').trim()
    const { localities, found, current } = await context.read('choices', async (trx) => ({
      localities: await trx.selectFrom('locality').select(['id', 'name']).orderBy('name').execute(),
      found: (await findSettings(trx, searched)).slice(0, MOST_SETTINGS),
      current: form.value('settingUrn') ? await findSetting(trx, form.value('settingUrn')) : undefined,
    }))
    const settings =
      current && !found.some((setting) => setting.urn === current.urn) ? [current, ...found] : found
    return (
      <>
        <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
          Save the changes
        </button>
        <TextField form={form} name="givenName" label="Given name" />
        <TextField form={form} name="familyName" label="Family name" />
        <TextField form={form} name="knownAs" label="Known as (optional)" />
        <DateField form={form} name="bornOn" label="Date of birth" />
        <ChoiceField
          form={form}
          name="sex"
          label="Sex"
          inline
          options={Object.entries(SEXES).map(([value, words]) => ({ value, text: words }))}
        />
        <TextField
          form={form}
          name="upn"
          label="Unique pupil number (UPN) (optional)"
          hint="The one before is kept in the history"
          width={20}
        />
        <TextField form={form} name="nhsNumber" label="NHS number (optional)" width={20} />
        <SelectField
          form={form}
          name="ethnicity"
          label="Ethnicity (optional)"
          empty="Not recorded"
          options={Object.entries(ETHNICITIES).map(([value, words]) => ({ value, text: words }))}
        />
        <TextField form={form} name="firstLanguage" label="First language" width={20} />
        <TextField
          form={form}
          name="interpreter"
          label="Interpreter needed (optional)"
          hint="Leave empty if none is needed"
          width={20}
        />
        <TextField form={form} name="addressLine" label="Address (optional)" />
        <TextField form={form} name="town" label="Town or city (optional)" width={20} />
        <TextField form={form} name="postcode" label="Postcode (optional)" width={10} />
        <TextField
          form={form}
          name="settingSearch"
          label="Find another school, college or nursery"
          hint="By part of its name, URN or postcode"
        />
        <GovukButton text="Find" classes="govuk-button--secondary" name="go" value="find-setting" />
        {searched !== '' && found.length === 0 && (
          <p class="govuk-body" role="status">
            Nothing was found for “{searched}”.
          </p>
        )}
        <ChoiceField
          form={form}
          name="settingUrn"
          label="School, college or nursery"
          options={[
            ...settings.map((setting) => ({
              value: setting.urn,
              text: [setting.name, setting.place].filter(Boolean).join(', '),
              ...(setting.urn === child.setting_urn ? { hint: 'As now' } : {}),
            })),
            { value: '', text: 'Not in a setting, or not known' },
          ]}
        />
        <SelectField
          form={form}
          name="localityId"
          label="Locality"
          empty="Not known yet"
          options={localities.map((locality) => ({ value: locality.id, text: locality.name }))}
        />
        <TextField
          form={form}
          name="why"
          label="Why are you changing this?"
          hint="For example, the mother wrote on 3 May; the school’s list"
        />
      </>
    )
  },
  carryOut: async ({ trx, child, today }, given) => {
    if (given.bornOn > today) return refuse('bornOn', 'The child’s date of birth must be in the past')
    if (given.ethnicity !== null && !Object.hasOwn(ETHNICITIES, given.ethnicity))
      return refuse('ethnicity', 'Choose an ethnicity from the list')
    const setting = given.settingUrn === null ? undefined : await findSetting(trx, given.settingUrn)
    if (given.settingUrn !== null && !setting)
      return refuse('settingUrn', 'Choose a school, college or nursery from the list')
    const locality =
      given.localityId === null
        ? undefined
        : await trx
            .selectFrom('locality')
            .select(['id', 'name'])
            .where('id', '=', given.localityId)
            .executeTakeFirst()
    if (given.localityId !== null && !locality) return refuse('localityId', 'Choose a locality from the list')
    const holder = (
      await findDuplicates(trx, {
        givenName: given.givenName,
        familyName: given.familyName,
        knownAs: given.knownAs,
        bornOn: given.bornOn,
        upn: given.upn,
        formerUpns: [],
        nhsNumber: given.nhsNumber,
        addressLine: null,
        postcode: null,
      })
    ).find((candidate) => candidate.sameNumber && candidate.id !== child.id)
    if (holder)
      return refuse(
        holder.because.includes('Same UPN') ? 'upn' : 'nhsNumber',
        `This number is on ${holder.name}’s record (${holder.reference}). One of them is wrong, or they are the same child`,
      )
    const changes: Change[] = (
      [
        ['Given name', child.given_name, given.givenName],
        ['Family name', child.family_name, given.familyName],
        ['Known as', child.known_as, given.knownAs],
        ['Date of birth', child.date_of_birth, given.bornOn],
        ['Sex', sexWords(child.sex), sexWords(given.sex)],
        ['UPN', child.upn, given.upn],
        ['NHS number', child.nhs_number, given.nhsNumber],
        ['Ethnicity', ethnicityWords(child.ethnicity), ethnicityWords(given.ethnicity)],
        ['First language', child.first_language, given.firstLanguage],
        ['Interpreter', child.interpreter, given.interpreter],
        ['Address', child.address_line, given.addressLine],
        ['Town or city', child.town, given.town],
        ['Postcode', child.postcode, given.postcode],
        ['School, college or nursery', child.settingName, setting?.name ?? null],
        ['Locality', child.localityName, locality?.name ?? null],
      ] as const
    ).flatMap(([field, from, to]) => (from === to ? [] : [{ field, from, to }]))
    if (changes.length === 0 && child.setting_urn === given.settingUrn)
      return refuse('', 'Nothing on this page is different from the record, so nothing was saved')
    await trx
      .updateTable('child')
      .set({
        given_name: given.givenName,
        family_name: given.familyName,
        known_as: given.knownAs,
        name_key: nameKey(given.givenName, given.familyName),
        date_of_birth: given.bornOn,
        sex: given.sex,
        upn: given.upn,
        nhs_number: given.nhsNumber,
        ethnicity: given.ethnicity,
        first_language: given.firstLanguage,
        interpreter: given.interpreter,
        address_line: given.addressLine,
        town: given.town,
        postcode: given.postcode,
        setting_urn: given.settingUrn,
        locality_id: given.localityId,
      })
      .where('id', '=', child.id)
      .execute()
    const moved =
      child.locality_id === given.localityId ? [] : await moveOpenCases(trx, child.id, given.localityId)
    return {
      ok: true,
      changes:
        moved.length === 0 ? changes : [...changes, movedWith(moved, child.localityName, locality?.name)],
      why: given.why,
      notice: 'The changes are saved.',
      // A number they had before must still find them.
      ...(child.upn !== null && child.upn !== given.upn ? { also: { formerUpn: child.upn } } : {}),
    }
  },
})

/** What is open of a child goes with them to another locality: its worklist, and those who head it. */
const moveOpenCases = async (trx: Trx, childId: string, localityId: string | null): Promise<string[]> =>
  (
    await trx
      .updateTable('process')
      .set({ locality_id: localityId })
      .where('child_id', '=', childId)
      .where('closed_on', 'is', null)
      .where((where) => where('locality_id', 'is distinct from', localityId))
      .returning('reference')
      .execute()
  )
    .map((row) => row.reference)
    .toSorted()

const movedWith = (references: readonly string[], from: string | null, to: string | undefined): Change => ({
  field: `Locality of ${references.join(' and ')}`,
  from,
  to: to ?? null,
})
