/**
 * Everything that papers say, in English. Short sentences and common words: somebody of eleven can read them (a test measures
 * it). `{places}` are filled by the papers. Other languages have the same keys, in files beside this one.
 */
export const EN = {
  not_translated: 'This part is in English. Ask us if you need help to read it.',
  legal_name: 'The law',
  law_note: 'The law about this: {law}',

  device_phone: 'phone',
  device_tablet: 'tablet',
  device_other: 'device',

  phone_user: 'your {device}',
  phone_child: 'your {device}',
  phone_adult_for_child: 'the child’s {device}',
  phone_adult_for_adult: 'the person’s {device}',

  notice_title: 'Can we copy some things from {phone}?',
  information_title: 'What we will copy from your {device}, and why',
  about_heading: 'About this paper',
  intro_user:
    'We would like to copy some things from {phone}. This paper says what we want and why. Please read it before you answer. Ask us if something is not clear. Take the time you need.',
  intro_child:
    'We would like to copy some things from {phone}. An adult will say yes or no for you. First we want to know what you think. Ask us if something is not clear.',
  intro_adult_for_child:
    'We would like to copy some things from {phone}. The child is under 18, so we must ask you. This paper says what we want and why. Please read it before you answer. We will also ask the child what they think.',
  intro_adult_for_adult:
    'We would like to copy some things from {phone}. They cannot decide this for themselves, so we must ask you. This paper says what we want and why. Please read it before you answer.',
  intro_information:
    'The police have your {device}. The law lets us copy some things from it. We do not need you to agree. This paper says what we will take and why.',
  help: 'We can read this paper out to you. We can also give it to you in large print or in another language. You can have someone with you.',

  sought_heading: 'What we want to take',
  sought_lead: 'We want to take only what is in this list. We may not take anything else without asking you again.',
  sought_lead_information: 'We will take only what is in this list.',
  sought_clause: '{what}:',

  reason_heading: 'Why we want it',
  purpose_crime: 'We are looking into a crime.',
  purpose_missing: 'We are trying to find a missing person.',
  purpose_protect: 'We want to keep someone safe from harm.',
  purpose_death: 'A coroner is finding out how someone died.',
  reason_lines: 'This is what we want to find out:',
  reason_device: 'This is why we think the {device} can help:',
  reason_plain: 'In other words: {reason}',
  reason_alternatives: 'We thought about other ways first:',
  means_asking: 'asking people, or looking at what we have already',
  means_looking: 'looking at the {device} together, without a copy',
  means_screenshots: 'pictures of the screen, taken by the person who uses the {device}',
  means_other_device: 'finding it on someone else’s {device}',
  means_provider: 'asking the phone company, or the company behind the app',
  means_narrower: 'asking for less than this',
  outcome_not_practicable: 'this cannot be done here',
  outcome_not_reasonably: 'this would take too long or be too hard',
  outcome_not_available: 'this is not there to be had',
  outcome_keeps_risk: 'we might still get more than we want',
  outcome_no_result: 'we tried, and did not find what we need',

  handling_heading: 'What happens to it',
  handling_copy:
    'We copy it and lock the copy. Only people who work on this case can open it. Each time someone opens it, we write that down.',
  handling_look: 'We look only for what is in the list above.',
  handling_excess:
    'To get it, we may have to copy more than we want. If we do, we lock the rest away. No one reads it. We delete it as soon as the law lets us.',
  handling_private:
    'The {device} may hold notes to a doctor, a lawyer or a reporter. We take extra care with those. People who work on the case do not read them first.',
  handling_court:
    'If something could matter in court, we must keep it. We may have to show it to the lawyers on both sides. We hide what they do not need to see.',
  handling_danger: 'If we see that someone is in danger, we may have to act on it.',
  handling_review:
    'On or before {review} we check if we still need it. We delete what we do not need. If there is a court case, the law may make us keep some of it until the case is over, or longer.',
  handling_return: 'We will give the {device} back as soon as we can. We plan to do this by {return}.',
  handling_return_open: 'We will give the {device} back as soon as we can.',

  refuse_heading: 'You can say no',
  refuse_user:
    'You do not have to give us {phone}. You do not have to say yes to this copy. You can say no to all of it, or to part of it. You do not have to tell us why. No one may push you.',
  refuse_child:
    'You can tell us that you do not want this. You can also tell us that you do not want us to have {phone}. The adult who decides can say no to both. No one may push them. We will think hard about what you want.',
  refuse_adult:
    'You do not have to let us have {phone}. You do not have to say yes to this copy. You can say no to all of it, or to part of it. You do not have to tell us why. No one may push you.',
  refuse_part:
    'If you say yes to part of it only, we take nothing yet. We may then ask you for that part alone, with a new paper.',
  refuse_back: 'If we have {phone} already, you can ask for it back.',
  refuse_change:
    'You can say yes now and change your mind later. Tell us in any way you like, and we stop. We then tell you what happens to what we have already copied.',

  enquiry_heading: 'If you say no',
  enquiry_goes_on:
    'We will not stop our work on the case just because we did not get {phone} or a yes to this copy. A no is never held against anyone.',
  enquiry_other: 'We may look for other ways to find out. You do not have to tell us why you said no.',

  rights_heading: 'Your rights',
  rights_ask:
    'You can ask us what we hold about you, and for a copy. You can ask us to put right what is wrong, or to delete it. We have to keep some things for court. If we say no, we tell you why when we can.',
  rights_complain: 'If you are not happy, tell us. You can also complain to {regulator}: {regulator_contact}.',

  power_heading: 'The law that lets us do this',
  power_text: 'We rely on this law:',
  power_instrument: 'The paper that it rests on has this number: {instrument}.',

  check_heading: 'How to check this paper',
  check_text:
    'This check number stands for the list of what we want to take. If one thing in the list were changed, the number would not fit: {digest}',

  contact_heading: 'Who to ask',
  contact_text: '{force}: {contact}.',
  contact_reference: 'Please give this number: {reference}.',

  answer_heading: 'Your answer',
  answer_user: 'Please answer only when you have read this paper or someone has read it to you. You get a copy.',
  answer_child:
    'Please tell us what you think. You can write it or say it. The adult who decides will sign on their own paper.',
  answer_yes: 'Yes, I agree',
  answer_no: 'No, I do not agree',
  answer_read: 'I have read this paper, or it was read to me',
  answer_given: 'The {device} was given to the police freely. No one was pushed to give it',
  answer_not_pushed: 'No one pushed me to say yes',
  answer_part: 'I agree to part of it only. I do not agree to',
  answer_views: 'What the child thinks, or why we could not ask',
  answer_my_views: 'What I think about this',
  answer_relation: 'Who I am to the person whose {device} it is',
  answer_fallback: 'Why no one closer could be asked',
  answer_help: 'Who helped me (such as someone who speaks my language)',
  answer_name: 'My name',
  answer_signature: 'My signature',
  answer_when: 'Day and time',
  answer_served: 'Day and time when I got this paper',
  answer_officer: 'Officer: name, number, signature',

  fact_reference: 'Our number for this',
  fact_version: 'Version',
  fact_phone: 'The {device}',
  fact_exhibit: 'Label on the {device}',
  fact_law: 'The law',
  fact_part: 'Your part in the case',
  fact_part_child: 'The child’s part in the case',
  fact_part_adult: 'The person’s part in the case',
  fact_person: 'Whose {device} it is',
  fact_date: 'Date',
  fact_officer: 'Officer',

  role_victim: 'victim',
  role_witness: 'witness',
  role_suspect: 'suspect',
  role_convicted: 'convicted person',
  role_missing: 'a missing person',
  role_deceased: 'a person who has died',
  role_other: 'someone else',

  questions_title: 'Common questions about your {device} and the police',
  q_whole: 'Will you copy all of my {device}?',
  a_whole:
    'No. We take only what is in the list in your notice. Our system checks each thing against that list. You get a paper that says how much we took.',
  q_why: 'Why do you need it?',
  a_why:
    'It may help to show what happened. Your notice says why. We ask only if we have a good reason to think it is on your {device}.',
  q_no: 'What if I say no?',
  a_no: 'That is fine. You do not have to tell us why. We do not stop the case just because you said no. It is never held against you.',
  q_change: 'Can I change my mind?',
  a_change:
    'Yes. Tell us at any time. If we have not begun, we take nothing. If we have begun, we stop. If we have finished, we take nothing more. Then we check what we must keep by law and delete the rest.',
  q_who: 'Who will see it?',
  a_who:
    'Only people who work on your case. If it matters in court, the lawyers on both sides may see it. We hide what they do not need.',
  q_other: 'Will the other side see my private life?',
  a_other: 'They get only what matters to the case. They do not get the rest.',
  q_long: 'How long will you have my {device}?',
  a_long:
    'As short a time as we can. Your notice says when we plan to give it back. Ask us for a spare phone if you need one.',
  q_keep: 'How long do you keep what you copied?',
  a_keep:
    'Until we no longer need it. We check on a set day. If there is a court case, the law may make us keep some of it for longer.',
  q_friends: 'What about my friends and family?',
  a_friends: 'Things about them may be in what we copy. We look at them only if they matter to the case.',
  q_old: 'What if you find something about me?',
  a_old:
    'We look only for what is in the list. If we see a serious crime, or that someone is in danger, we may have to act on it.',
  q_complain: 'Who can I complain to?',
  a_complain: 'Tell us: {contact}. You can also complain to {regulator}: {regulator_contact}.',

  letter_hello: 'This letter is about {phone}.',
  letter_thanks: 'Thank you for telling us.',
  letter_not_against: 'This is not held against you in any way. Our work on the case goes on.',

  withdrawn_title: 'You changed your mind about {phone}',
  withdrawn_what_heading: 'What we did',
  withdrawn_data_heading: 'What happens to what we copied',
  withdrawn_next_heading: 'What happens next',
  withdrawn_told: 'On {date} you told us that you changed your mind.',
  withdrawn_before: 'We had not begun. We have taken nothing from the list, and we will take nothing.',
  withdrawn_before_data: 'There is nothing for our system to delete: it has no copy of anything.',
  withdrawn_during: 'We had begun. We have told our system to stop. We will take nothing more.',
  withdrawn_during_nothing:
    'Our system is stopping now. It deletes what it had begun to take from the list. It keeps none of that.',
  withdrawn_copy_handed_in:
    'To get what is in the list, our system was given a bigger copy of the {device}. It deletes that copy now.',
  withdrawn_copy_kiosk:
    'A bigger copy of the {device} is on another police machine. Our system did not make it and cannot delete it. {force} must see to it that it is deleted. Ask us, and we tell you when that is done.',
  withdrawn_during_data:
    'We have locked what we had copied. No one works with it now. We check if any of it could matter to the case. If it could, the law says that we must keep that part. We delete the rest.',
  withdrawn_after: 'We had finished before you told us. We will copy nothing more from the {device}.',
  withdrawn_after_data:
    'We check again what we have. If part of it could matter to the case, the law says that we must keep that part, even now. It may be used in court. We delete what does not matter. We tell you what we kept and why, if the law lets us.',
  withdrawn_decide: 'We will do this by {decide}. Then we will write to you again.',
  withdrawn_return: 'We give the {device} back now. If you do not have it yet, call us.',

  refused_title: 'You said no about {phone}',
  refused_what_heading: 'Your answer',
  refused_next_heading: 'What happens next',
  refused_told: 'On {date} you said no. We have written that down. We will not copy anything from the {device}.',
  refused_free: 'You do not have to tell us why. If you did tell us, we have written that down in your words.',
  refused_return: 'You can have the {device} back now. If you do not have it yet, call us.',
  refused_other:
    'We will look for other ways to find out what happened. If we need to ask you again, we will give you a new paper with new reasons. You can say no again.',

  receipt_title: 'What we copied from {phone}',
  receipt_taken_heading: 'What we took',
  receipt_taken: 'On {date} we copied this, and nothing else:',
  receipt_attachments: 'pictures and other files that belong to them: {files}',
  receipt_nothing: 'On {date} we looked for what was in the list. We found nothing and took nothing.',
  receipt_destroyed:
    'Since then we deleted {destroyed} of these. We should not have copied them. No one can read them any more.',
  receipt_context:
    'We also took messages that stand just before or after those in the list. They show what was meant. They are counted above: {context}.',
  receipt_left: 'The {device} held more of the same kinds. Number of these that we did not take: {left}.',
  receipt_files:
    'We looked for this in a copy of the {device}. Files of the copy that we opened: {opened}. Files that we did not open: {not_opened}.',
  receipt_root:
    'This check number stands for all that we took. If one thing were changed, the number would not fit: {root}',
  receipt_root_now:
    'This check number stands for all that we still have. If one thing were changed, the number would not fit: {root}',
  receipt_why_heading: 'Why',
  receipt_keep_heading: 'How long we keep it',
  receipt_review: 'We check on or before {review} if we still need it.',
  receipt_destroy:
    'We do not need to keep it past {destroy}, as things stand. Then we delete it, if no one finds that it is still needed.',
  receipt_destroy_open:
    'We cannot name the day of deletion yet. It depends on what happens in the case. We will tell you if you ask.',
  receipt_change_heading: 'If you change your mind',
  receipt_change:
    'You can still change your mind. Tell us, and give the number of this paper. We then take nothing more. We check what we must keep by law, and delete the rest. It is never held against you.',
  receipt_code_heading: 'See it on a screen',
  receipt_code: 'Point a camera at the square, or go to {link} and type {code}. Keep the code to yourself.',
  receipt_code_alt: 'A square code that opens the page {link}',

  hand_title: 'What we looked at on {phone}',
  hand_seen_heading: 'What we saw',
  hand_seen: 'On {date} we looked at the {device} by hand. We saw this of what was in the list:',
  hand_nothing: 'On {date} we looked for what was in the list. We saw nothing of it.',
  hand_others: 'We also saw {others} that we did not look for. We kept nothing of that.',
  hand_others_one: 'one other thing',
  hand_others_many: '{count} other things',
  hand_no_others: 'We saw nothing else.',
  hand_keep_heading: 'What we keep',
  hand_keep_nothing: 'We made no picture and no copy of it. We keep a note that we looked.',
  hand_keep:
    'We made pictures or copies of what was in the list: {pictures}. The police keep them under the number {exhibit}.',

  oral_title: 'A record of what was said about {phone}',
  oral_why_heading: 'Why this is a record',
  oral_why:
    'The person could not write their answer. They said it out loud. The officer wrote it down here. The person gets a copy.',
  oral_read: 'The notice was read out before they answered.',
  oral_said_heading: 'What they said',
  oral_said: 'This is the answer in their own words:',
  oral_answer_yes: 'They agreed.',
  oral_answer_no: 'They did not agree.',
  oral_blank_reason: 'Why they could not write',
  oral_blank_words: 'Their words',

  parent_title: 'We copied some things from a child’s {device}',
  parent_title_adult: 'We copied some things from a person’s {device}',
  parent_what_heading: 'What happened',
  parent_what:
    'On {date} we copied some things from {phone}. We could not reach you or another person close to them in time. So another adult was asked, and agreed.',
  parent_adult: 'That adult was: {adult}. They do not work on the case.',
  parent_views: 'We asked what the child thinks, as far as we could.',
  parent_next_heading: 'What you can do',
  parent_next: 'You can ask us what we took and why. You can tell us to stop. You can complain.',
} as const satisfies Readonly<Record<string, string>>

export type WordKey = keyof typeof EN
