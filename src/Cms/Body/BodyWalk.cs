using System.Collections.Immutable;

namespace Cms.Body;

/// <summary>Walks the tree once. Each visitor produces one form.</summary>
internal static class BodyWalk
{
    private const int WordsPerMinute = 220;

    public static DerivedBody Derive(RichText body, BodyForms forms, ReferenceTargets targets)
    {
        // The HTML contains the outline's anchors, so the outline visits each block first.
        var outline = forms.HasAny(BodyForms.Toc | BodyForms.Html) ? new Outline() : null;
        var html = forms.HasAny(BodyForms.Html) ? new HtmlRenderer(outline!, targets) : null;
        var markdown = forms.HasAny(BodyForms.Markdown) ? new MarkdownRenderer(targets) : null;
        var plainText = forms.HasAny(BodyForms.PlainText) ? new PlainTextRenderer(targets) : null;
        var words = forms.HasAny(BodyForms.Length) ? new WordCounter() : null;
        var references = forms.HasAny(BodyForms.References) ? new ReferenceCollector() : null;

        IBlockVisitor?[] all = [outline, html, markdown, plainText, words, references];
        Walk(body.Blocks, [.. all.OfType<IBlockVisitor>()]);
        return new DerivedBody
        {
            Html = html?.ToString() ?? "",
            Markdown = markdown?.ToString() ?? "",
            PlainText = plainText?.ToString() ?? "",
            Toc = forms.HasAny(BodyForms.Toc) ? [.. outline!.Entries] : [],
            WordCount = words?.Words ?? 0,
            ReadingMinutes = ((words?.ReadingWords ?? 0) + WordsPerMinute - 1) / WordsPerMinute,
            References = references?.ToReferences() ?? BodyReferences.None,
        };
    }

    private static bool HasAny(this BodyForms forms, BodyForms wanted) => (forms & wanted) != BodyForms.None;

    private static void Walk(ImmutableArray<Block> blocks, ReadOnlySpan<IBlockVisitor> visitors)
    {
        foreach (var block in blocks)
        {
            foreach (var visitor in visitors)
            {
                visitor.Enter(block);
            }

            Walk(block.Children, visitors);
            foreach (var visitor in visitors)
            {
                visitor.Leave(block);
            }
        }
    }
}

internal interface IBlockVisitor
{
    void Enter(Block block);

    void Leave(Block block);
}
