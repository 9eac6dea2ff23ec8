import { date, longDate, shortDate } from '../../law/index.ts'
import { type Html, html } from '../../ui/govuk/index.ts'
import type { Letter } from './kinds.ts'

/** The child: to a body with the birthday and the setting, which it needs to tell one child from another. */
const about = ({ frame: { addressee, child } }: Letter): string =>
  addressee.role === 'organisation'
    ? `${child.name}, born ${shortDate(date(child.bornOn))}, ${child.setting === null ? 'no setting recorded' : `attending ${child.setting}`}`
    : child.name

/** The letter as plain HTML, as it is kept and shown: no style, no script, no address but the reader's own and ours. */
export const renderLetter = (letter: Letter): Html => {
  const { frame } = letter
  return html(
    <article class="app-letter">
      <p class="govuk-body">
        <strong>{frame.authorityName}</strong>
        <br />
        {frame.sendOffice.name}
        {frame.sendOffice.address ? (
          <>
            <br />
            {frame.sendOffice.address}
          </>
        ) : null}
      </p>
      <p class="govuk-body app-letter__to">
        {[frame.addressee.name, ...frame.addressee.addressLines].map((line, index) => (
          <>
            {index > 0 ? <br /> : null}
            {line}
          </>
        ))}
      </p>
      <p class="govuk-body">
        {longDate(date(frame.sentOn))}
        <br />
        Our reference: {frame.reference}
      </p>
      <h1 class="govuk-heading-l">{letter.title}</h1>
      <p class="govuk-body">About: {about(letter)}</p>
      <p class="govuk-body">
        Dear {frame.addressee.role === 'organisation' ? 'colleague' : frame.addressee.name}
      </p>
      {letter.sections.map((section) => (
        <section
          {...(section.part ? { 'data-part': section.part } : {})}
          {...(section.law ? { 'data-law': section.law } : {})}
        >
          {section.heading ? <h2 class="govuk-heading-m">{section.heading}</h2> : null}
          {section.paragraphs.map((paragraph) => (
            <p class="govuk-body">{paragraph}</p>
          ))}
          {section.list ? (
            <ul class="govuk-list govuk-list--bullet">
              {section.list.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
          ) : null}
        </section>
      ))}
      <p class="govuk-body">Yours sincerely</p>
      <p class="govuk-body">
        {frame.sendOffice.name}
        <br />
        {frame.authorityName}
      </p>
      <p class="govuk-body-s">Reference {frame.reference}</p>
    </article>,
  )
}
