using Cms.GraphQL;
using Cms.Media;
using GraphQL.DataLoader;

namespace Cms.Body;

/// <summary>An article's body as it is stored, taken apart only when somebody asks what is in it.</summary>
public sealed class PublicBody(string json, bool isPrivate = false)
{
    private RichText? _read;

    public string Json => json;

    /// <summary>It is shown to staff, who may see what is in it before readers do.</summary>
    internal bool IsPrivate => isPrivate;

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
    public static IDataLoaderResult<IDataLoaderResult<string>> GetHtmlAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) =>
        targets
            .Of(body.Read(), body.IsPrivate)
            .Then(shown => shown.Then(found => body.Read().Derive(BodyForms.Html, found).Html));

    /// <summary>CommonMark with tables, strikethrough and alerts.</summary>
    [Cost(2)]
    public static IDataLoaderResult<IDataLoaderResult<string>> GetMarkdownAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) =>
        targets
            .Of(body.Read(), body.IsPrivate)
            .Then(shown => shown.Then(found => body.Read().Derive(BodyForms.Markdown, found).Markdown));

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

    /// <summary>The images in it, in the order of first mention.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<IDataLoaderResult<List<BodyImage>>> GetImagesAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) => targets.ImagesOf(body.Read(), body.IsPrivate);
}

/// <summary>An image in a body.</summary>
/// <param name="MediaId">The image's id, as the document names it; the words that it has there stand there too.</param>
/// <param name="Image">The image, or what stands in for it when its rights have ended; null when neither may be shown.</param>
public sealed record BodyImage(MediaId MediaId, ShownImage? Image);

/// <summary>Something that a body embeds.</summary>
[UnionType("Embed")]
public interface IEmbed;
