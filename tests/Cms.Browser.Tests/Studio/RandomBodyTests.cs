using Cms.Browser.Tests.Support;
using Cms.Testing;
using FsCheck.Fluent;
using Xunit;

namespace Cms.Browser.Tests.Studio;

/// <summary>Bodies that the server can store, in the writing surface of the Studio.</summary>
[Needs("Chromium")]
[Collection(OneSite.Name)]
public sealed class RandomBodyTests(OwnNewsroom newsroom) : IClassFixture<OwnNewsroom>
{
    private const int Count = 200;

    // Returns what the surface would save of each body.
    private const string OpenEach = """
        async (bodies) => {
          const main = document.querySelector('script[src$="/editor/main.js"]').src;
          const { mountSurface } = await import(main.replace(/main\.js$/, 'surface.js'));
          const nothing = () => undefined;
          const outside = { label: 'Body', imageUrl: nothing, titleOf: nothing, onChange: nothing, onFiles: nothing, onSlashKey: () => false, onAsk: nothing, onSay: nothing };
          return bodies.map((body) => {
            const host = document.body.appendChild(document.createElement('div'));
            const surface = mountSurface(host, JSON.parse(body), outside);
            const written = surface.json();
            surface.editor.destroy();
            host.remove();
            return JSON.stringify(written);
          });
        }
        """;

    private const string AsJavaScriptWrites = "(bodies) => bodies.map((body) => JSON.stringify(JSON.parse(body)))";

    [SkippableFact]
    public async Task Random_bodies_come_back_from_the_editor_byte_for_byte()
    {
        var id = await newsroom.DraftAsync(StaffWindow.Editor, "A page with the editor");
        await using var window = await newsroom.OpenAsync(StaffWindow.Editor);
        var tab = await EditorTab.OpenAsync(window, id);
        var bodies = Bodies.RichText().Generator.Resize(60).Sample(Count).Select(body => body.ToJson()).ToArray();

        var written = await tab.Page.EvaluateAsync<string[]>(OpenEach, bodies);

        Assert.Equal(Count, written.Length);
        Assert.All(
            (await tab.Page.EvaluateAsync<string[]>(AsJavaScriptWrites, bodies)).Zip(written),
            pair => Assert.Equal(pair.First, pair.Second)
        );
        Assert.Empty(window.Complaints);
    }
}
