// Filters the page as the reader types: shows types whose name, or the name of a field, contains the text.
const find = document.getElementById('find');
const sections = [...document.querySelectorAll('main section')];
const headings = [...document.querySelectorAll('main h2')];

function show() {
  const wanted = find.value.trim().toLowerCase();
  let any = false;
  for (const section of sections) {
    const whole = section.dataset.name.toLowerCase().includes(wanted);
    let some = whole;
    for (const member of section.querySelectorAll('dt')) {
      const hit = whole || member.dataset.name.toLowerCase().includes(wanted);
      member.hidden = member.nextElementSibling.hidden = !hit;
      some ||= hit;
    }
    section.hidden = !some;
    any ||= some;
  }
  for (const heading of headings) {
    heading.hidden = wanted !== '';
  }
  document.getElementById('none').hidden = any;
}

find.addEventListener('input', show);

// On a phone, the open list of types would push the content off the screen.
if (matchMedia('(max-width: 700px)').matches) {
  for (const group of document.querySelectorAll('nav details')) {
    group.open = false;
  }
}
