using Cms.Browser.Tests.Support;
using Cms.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>
/// Whatever is pressed on a screen of the Studio answers or shows that it waits, even if nothing arrives from the server.
/// The editor is in <c>tests/clients/studio</c>.
/// </summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class WaitingTests(BrowsedSite site)
{
    // Presses everything that can be seen and was not pressed before, and returns what did not answer within six frames.
    // A browser draws six frames in 100 ms. It answers itself if a field of a form is missing, and with files and other
    // windows.
    private const string Press = """
        async (known) => {
          const [pressed, silent] = [[], []];
          const root = document.documentElement;
          let changes = 0;
          new MutationObserver((records) => (changes += records.length))
            .observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
          const isSaid = (before, focused) =>
            root.hasAttribute('data-waits') || changes > before || document.querySelector(':popover-open') !== null
            || (document.activeElement !== focused && document.activeElement?.matches(':invalid'));
          for (const one of document.querySelectorAll('a[href], button, summary')) {
            if (!one.isConnected || !one.checkVisibility({ visibilityProperty: true })) continue;
            if (one.matches(':disabled, [download], [target], [inert] *, .skip')) continue;
            const html = one.outerHTML.replace(/\s+/g, ' ').replace(' aria-current="page"', '');
            if (known.includes(html) || pressed.includes(html)) continue;
            pressed.push(html);
            root.removeAttribute('data-waits');
            for (const form of document.forms) delete form.dataset.sent;
            await new Promise((resolve) => requestAnimationFrame(resolve));
            const [before, focused] = [changes, document.activeElement];
            one.click();
            for (let frame = 0; frame < 6 && !isSaid(before, focused); frame++) {
              await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            if (!isSaid(before, focused)) silent.push(html.slice(0, 150));
            for (const dialog of document.querySelectorAll('dialog:modal')) dialog.close();
            for (const popover of document.querySelectorAll(':popover-open')) popover.hidePopover();
          }
          return [pressed, silent];
        }
        """;

    [SkippableFact]
    public async Task Everything_that_can_be_pressed_answers_or_shows_that_it_waits()
    {
        await using var window = await site.OpenStudioAsync(StaffWindow.Admin, "/studio/articles");
        List<string> pressed = [];
        List<string> silent = [];
        foreach (var path in TestedPages.Studio)
        {
            await window.GoAsync(path);
            await window.Page.RouteAsync("**/*", _ => Task.CompletedTask);
            var found = await window.Page.EvaluateAsync<string[][]>(Press, pressed);
            pressed.AddRange(found[0]);
            silent.AddRange(found[1].Select(one => $"{path} says nothing after {one}"));
            await window.Page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.IgnoreErrors });
        }

        Assert.InRange(pressed.Count, 200, int.MaxValue);
        Findings.AssertNone(silent);
    }
}
