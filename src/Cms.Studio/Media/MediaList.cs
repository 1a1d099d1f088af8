using Cms.Studio.Api;

namespace Cms.Studio.Media;

/// <summary>A page of the library.</summary>
public sealed record MediaListData(MediaDesk? Desk);

/// <summary>The images, and the tags that they can be filtered by.</summary>
public sealed record MediaDesk(MediaRows? Media, MediaTags? Tags);

/// <summary>Some images.</summary>
public sealed record MediaRows(IReadOnlyList<MediaRow> Nodes, PageInfo PageInfo, int TotalCount);

/// <summary>An image in a list.</summary>
public sealed record MediaRow(
    string Id,
    string FileName,
    string Folder,
    int Width,
    int Height,
    string Format,
    int Bytes,
    string? Alt,
    MediaGap Gap,
    DateTimeOffset? ExpiredAt,
    DateTimeOffset CreatedAt,
    string UploadedBy,
    int UseCount,
    Picture Image,
    MediaRowRights Rights
)
{
    /// <summary>Whether the rights have ended, so that only staff see the picture.</summary>
    internal bool HasEnded(DateTimeOffset now) => ExpiredAt is not null || Rights.ExpiresAt <= now;

    /// <summary>The size of the image and of its file, in words.</summary>
    public string Size => $"{MediaWords.Pixels(Width, Height)} · {Format} · {MediaWords.Bytes(Bytes)}";
}

/// <summary>The rights in an image that lists show.</summary>
public sealed record MediaRowRights(string? Credit, DateTimeOffset? ExpiresAt, bool NoCrop);

/// <summary>Some tags.</summary>
public sealed record MediaTags(IReadOnlyList<MediaTag> Nodes);

/// <summary>A tag that images can be filtered by.</summary>
public sealed record MediaTag(string Slug, string Name);

/// <summary>What an image still needs before it can be published.</summary>
public enum MediaGap
{
    None,
    Alt,
    Credit,
    AltAndCredit,
}
