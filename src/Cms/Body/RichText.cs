using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cms.GraphQL;

namespace Cms.Body;

/// <summary>
/// The body of an article: an immutable tree of known nodes. A <see cref="RichText"/> contains only what the model
/// allows, so it is safe to render even if its author is not trusted.
/// </summary>
public sealed class RichText : IEquatable<RichText>
{
    /// <summary>The version of the node model that this code reads and writes.</summary>
    public const int CurrentSchemaVersion = 1;

    public static readonly RichText Empty = new([]);

    internal RichText(ImmutableArray<Block> blocks) => Blocks = blocks;

    public ImmutableArray<Block> Blocks { get; }

    public static int SchemaVersion => CurrentSchemaVersion;

    /// <summary>Reads ProseMirror JSON. Rejects anything that the model does not define.</summary>
    public static Result<RichText> Parse(ReadOnlySpan<byte> utf8) => BodyReader.Read(utf8);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})" />
    public static Result<RichText> Parse(string json)
    {
        if (json.Length > BodyLimits.JsonBytes)
        {
            return BodyTooLarge.OfJson(Encoding.UTF8.GetByteCount(json));
        }

        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            return
                Utf8.FromUtf16(json, utf8, out var read, out var length, replaceInvalidSequences: false)
                is OperationStatus.Done
                ? Parse(utf8.AsSpan(0, length))
                : new BodyInvalid(
                    "",
                    $"The body contains an incomplete Unicode character at position {read + 1}. Enter it again."
                );
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    /// <summary>Reads a stored body, which was checked before it was saved.</summary>
    /// <exception cref="InvalidDataException">The body is invalid: another program changed the database.</exception>
    public static RichText OfStored(string json) =>
        Parse(json).Succeeded(out var body, out var errors)
            ? body
            : throw new InvalidDataException($"A stored body cannot be read: {errors[0].Message}");

    /// <summary>Reads Markdown: CommonMark with pipe tables, strikethrough, GitHub alerts and embeds.</summary>
    public static Result<MarkdownImport> FromMarkdown(string markdown, EmbedSlugs slugs) =>
        MarkdownReader.Read(markdown, slugs);

    /// <summary>
    /// Returns this body, which was written as Markdown, with the ids that its blocks had in the body before.
    /// </summary>
    internal RichText WithIdsOf(RichText before) => new(InheritedIds.Inherit(Blocks, before.Blocks));

    /// <summary>Returns the canonical JSON. Equal bodies have equal JSON.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8Json().Span);

    public ReadOnlyMemory<byte> ToUtf8Json() => BodyWriter.Write(this);

    public void WriteTo(Utf8JsonWriter json) => BodyWriter.Write(this, json);

    /// <summary>Derives the requested forms in one walk of the tree.</summary>
    /// <param name="forms">The forms to derive.</param>
    /// <param name="targets">The current titles and addresses of the body's references.</param>
    public DerivedBody Derive(BodyForms forms, ReferenceTargets? targets = null) =>
        BodyWalk.Derive(this, forms, targets ?? ReferenceTargets.None);

    /// <summary>Returns Markdown that <see cref="FromMarkdown"/> can read back.</summary>
    public string ToMarkdown(ReferenceTargets? targets = null) => Derive(BodyForms.Markdown, targets).Markdown;

    public bool Equals(RichText? other) =>
        ReferenceEquals(this, other) || (other is not null && ToUtf8Json().Span.SequenceEqual(other.ToUtf8Json().Span));

    public override bool Equals(object? obj) => Equals(obj as RichText);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(ToUtf8Json().Span);
        return hash.ToHashCode();
    }
}
