using Cms.GraphQL;
using Cms.Media;
using GraphQL.DataLoader;

namespace Cms.Body;

/// <summary>The stored body of an article, parsed only when a field needs its contents.</summary>
public sealed class PublicBody(string json, bool isPrivate = false)
{
    private RichText? _read;

    public string Json => json;

    /// <summary>Whether the body is shown to staff, who can see its images before they are public.</summary>
    internal bool IsPrivate => isPrivate;

    internal RichText Read() => _read ??= RichText.OfStored(json);

    internal DerivedBody Derive(BodyForms forms) => Read().Derive(forms);
}

/// <summary>
/// Rich text, available as JSON, HTML, Markdown and plain text. The HTML and Markdown contain the current titles and
/// URLs of embedded articles, tools and images.
/// </summary>
[ObjectType<PublicBody>(Name = "RichText", Bind = Bind.Explicit)]
public static class BodyNode
{
    /// <summary>The ProseMirror document.</summary>
    public static JsonText GetJson([Parent] PublicBody body) => new(body.Json);

    /// <summary>The version of the node model that the document uses.</summary>
    public static int GetSchemaVersion() => RichText.CurrentSchemaVersion;

    private const int MaxSizes = 300;
    private const int MaxLabel = 60;

    /// <summary>Well-formed HTML that is safe to insert into a page unchanged.</summary>
    /// <param name="imageSizes">
    /// The `sizes` attribute of images: how wide the page shows them, such as `(min-width: 700px) 640px, 100vw`; default
    /// `100vw`.
    /// </param>
    /// <param name="relativeImages">
    /// Whether image URLs leave out the scheme and host, for a site that serves images on its own host.
    /// </param>
    /// <param name="calloutLabels">
    /// The labels of callouts. Each callout then begins with a paragraph of the class `callout-label`. Default: no
    /// labels.
    /// </param>
    [Cost(2)]
    public static IDataLoaderResult<IDataLoaderResult<string>> GetHtmlAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets,
        string? imageSizes = null,
        bool relativeImages = false,
        CalloutLabelsInput? calloutLabels = null
    )
    {
        Limit("imageSizes", imageSizes?.Length, MaxSizes);
        Limit("A label of calloutLabels", calloutLabels?.LongestLength, MaxLabel);
        return targets
            .Of(body.Read(), body.IsPrivate, relativeImages)
            .Then(shown =>
                shown.Then(found =>
                    body.Read()
                        .Derive(
                            BodyForms.Html,
                            found with
                            {
                                ImageSizes = string.IsNullOrWhiteSpace(imageSizes) ? found.ImageSizes : imageSizes,
                                CalloutLabels = calloutLabels,
                            }
                        )
                        .Html
                )
            );
    }

    private static void Limit(string argument, int? length, int most)
    {
        if (length > most)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                $"{argument} is too long. Shorten it to at most {most} characters."
            );
        }
    }

    /// <summary>CommonMark with tables, strikethrough and alerts.</summary>
    [Cost(2)]
    public static IDataLoaderResult<IDataLoaderResult<string>> GetMarkdownAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) =>
        targets
            .Of(body.Read(), body.IsPrivate)
            .Then(shown => shown.Then(found => body.Read().Derive(BodyForms.Markdown, found).Markdown));

    /// <summary>The text without markup.</summary>
    public static string GetPlainText([Parent] PublicBody body) => body.Derive(BodyForms.PlainText).PlainText;

    /// <summary>The number of words. Code blocks are not counted.</summary>
    public static int GetWordCount([Parent] PublicBody body) => body.Derive(BodyForms.Length).WordCount;

    /// <summary>The reading time in whole minutes, rounded up.</summary>
    public static int GetReadingMinutes([Parent] PublicBody body) => body.Derive(BodyForms.Length).ReadingMinutes;

    /// <summary>The table of contents: the headings, with their anchors in the HTML.</summary>
    public static IReadOnlyList<TocEntry> GetToc([Parent] PublicBody body) => body.Derive(BodyForms.Toc).Toc;

    /// <summary>The articles and tools that the text embeds, except articles that are not public.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<IReadOnlyList<IEmbed>> GetReferencesAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) => targets.EmbedsOf(body.Read());

    /// <summary>The images in the text, in the order of first use.</summary>
    [ListSize(3)]
    public static IDataLoaderResult<IDataLoaderResult<List<BodyImage>>> GetImagesAsync(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) => targets.ImagesOf(body.Read(), body.IsPrivate);

    /// <summary>The pages of other sites that the text embeds, in order. Their positions are in the document.</summary>
    [ListSize(3)]
    public static IReadOnlyList<BodyExternalEmbed> GetExternalEmbeds(
        [Parent] PublicBody body,
        [Service] BodyTargets targets
    ) => targets.ExternalEmbedsOf(body.Read());
}

/// <summary>
/// A page that a body embeds from another site. Load nothing from the site before the reader asks for it.
/// </summary>
/// <param name="BlockId">The id of the block in the document.</param>
/// <param name="Url">The address of the page.</param>
/// <param name="Host">The host name of the site.</param>
/// <param name="Title">The title; null if there is none.</param>
/// <param name="IsAllowed">
/// Whether the newsroom still allows embeds of this site. If not, show a link to the page.
/// </param>
/// <param name="FrameUrl">
/// The address of the video player to show in a frame; null if the page has no known player, or if embeds of the site are
/// no longer allowed.
/// </param>
public sealed record BodyExternalEmbed(
    string BlockId,
    [property: Url] string Url,
    string Host,
    string? Title,
    bool IsAllowed,
    [property: Url] string? FrameUrl
);

/// <summary>An image in a body.</summary>
/// <param name="MediaId">
/// The id of the image in the document. The document also contains the alternative text and caption.
/// </param>
/// <param name="Image">The image, or its substitute if its rights have ended; null if neither may be shown.</param>
public sealed record BodyImage(MediaId MediaId, ShownImage? Image);

/// <summary>An article or tool that a body embeds.</summary>
[UnionType("Embed")]
public interface IEmbed;
