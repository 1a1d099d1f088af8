using Cms.Api;
using GraphQL.DataLoader;

namespace Cms.Body;

/// <summary>An article's body as it is stored, taken apart only when somebody asks what is in it.</summary>
public sealed class PublicBody(string json)
{
    private RichText? _read;

    public string Json => json;

    internal RichText Read() => _read ??= RichText.OfStored(json);

    internal DerivedBody Derive(BodyForms forms) => Read().Derive(forms);
}

/// <summary>A text in whatever form suits its reader. Titles and addresses of what it refers to are those of today.</summary>
[ObjectType<PublicBody>(Name = "RichText", Bind = Bind.Explicit)]
public static class BodyNode
{
    /// <summary>The ProseMirror document.</summary>
    public static JsonText GetJson([Parent] PublicBody body) => new(body.Json);

    /// <summary>The version of the node model that the document is written in.</summary>
    public static int GetSchemaVersion() => RichText.CurrentSchemaVersion;

    /// <summary>Well-formed HTML, safe to put into a page as it is.</summary>
    [Cost(2)]
    public static IDataLoaderResult<string> GetHtmlAsync([Parent] PublicBody body, [Service] BodyTargets targets) =>
        targets.Of(body.Read()).Then(found => body.Read().Derive(BodyForms.Html, found).Html);

    /// <summary>CommonMark with tables, strikethrough and alerts.</summary>
    [Cost(2)]
    public static IDataLoaderResult<string> GetMarkdownAsync([Parent] PublicBody body, [Service] BodyTargets targets) =>
        targets.Of(body.Read()).Then(found => body.Read().Derive(BodyForms.Markdown, found).Markdown);

    /// <summary>The words alone.</summary>
    public static string GetPlainText([Parent] PublicBody body) => body.Derive(BodyForms.PlainText).PlainText;

    /// <summary>Words of prose; code is not counted.</summary>
    public static int GetWordCount([Parent] PublicBody body) => body.Derive(BodyForms.Length).WordCount;

    /// <summary>Whole minutes that reading takes.</summary>
    public static int GetReadingMinutes([Parent] PublicBody body) => body.Derive(BodyForms.Length).ReadingMinutes;

    /// <summary>The headings, whose ids are anchors in the HTML.</summary>
    public static IReadOnlyList<TocEntry> GetToc([Parent] PublicBody body) => body.Derive(BodyForms.Toc).Toc;

    /// <summary>The articles and tools it embeds, as far as they are public.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<IReadOnlyList<IEmbed>> GetReferencesAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) => targets.EmbedsOf(body.Read());
}

/// <summary>Something that a body embeds.</summary>
[UnionType("Embed")]
public interface IEmbed;
