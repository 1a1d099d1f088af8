using Cms.Articles;
using Cms.Audit;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.People;

namespace Cms.Media;

/// <summary>What an image still needs before it can be published.</summary>
public enum MediaGap
{
    /// <summary>Nothing is missing.</summary>
    None,

    /// <summary>The alternative text is missing.</summary>
    Alt,

    /// <summary>The credit is missing.</summary>
    Credit,

    /// <summary>The alternative text and the credit are missing.</summary>
    AltAndCredit,
}

/// <summary>
/// An image in the library: its file, its description and its rights. The id stays the same when the file is replaced.
/// </summary>
public sealed class MediaAsset : IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => FileName;

    public const int AltLength = 1_000;
    public const int CaptionLength = 2_000;
    public const int FolderLength = 200;
    public const int FileNameLength = 200;

    /// <summary>The image's id. It never changes.</summary>
    public required MediaId Id { get; init; }

    /// <summary>
    /// The number of the current file. It starts at 1 and increases with each replacement. The image's URLs contain it,
    /// so caches do not confuse two files.
    /// </summary>
    public int Rev { get; private set; }

    /// <summary>The name of the uploaded file.</summary>
    public string FileName { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    /// <summary>The size of the file, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The width, in pixels.</summary>
    public int Width { get; private set; }

    /// <summary>The height, in pixels.</summary>
    public int Height { get; private set; }

    /// <summary>The format of the file.</summary>
    public ImageFormat Format { get; private set; }

    public bool HasAlpha { get; private set; }

    /// <summary>Whether the image is animated.</summary>
    public bool IsAnimated { get; private set; }

    /// <summary>A tiny preview to show while the image loads, in Base64.</summary>
    [NotAudited]
    public string ThumbHash { get; private set; } = "";

    /// <summary>
    /// The alternative text, for readers who cannot see the image; null if it has not been written or the image is
    /// decorative.
    /// </summary>
    public string? Alt { get; private set; }

    /// <summary>Whether the image is decorative: it adds nothing to the text.</summary>
    public bool IsDecorative { get; private set; }

    /// <summary>The caption; null if there is none.</summary>
    public string? Caption { get; private set; }

    public FocalPoint Focus { get; private set; } = FocalPoint.Centre;

    /// <summary>The image's folder in the library; empty for the top level.</summary>
    public string Folder { get; private set; } = "";

    public ImageRights Rights { get; private set; } = new();

    /// <summary>When the rights end. A copy of Rights.ExpiresAt for the database index.</summary>
    [NotAudited]
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When the image was hidden because its rights had ended; null if it has not been hidden.</summary>
    public DateTimeOffset? ExpiredAt { get; private set; }

    /// <summary>The image to show instead after the rights end.</summary>
    public MediaId? SubstituteId { get; private set; }

    /// <summary>What the image still needs before it can be published.</summary>
    public MediaGap Gap { get; private set; } = MediaGap.AltAndCredit;

    /// <summary>
    /// The image's path in the import folder, with a number if an image of another import has the same path; null if the
    /// image was not imported.
    /// </summary>
    public string? ImportId { get; init; }

    /// <summary>A hash of the last imported data. An import skips the image if the hash is unchanged.</summary>
    [NotAudited]
    public string? ImportHash { get; set; }

    public required Contributor UploadedBy { get; init; }

    public Contributor UpdatedBy { get; private set; } = null!;

    /// <summary>When the image was uploaded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the image was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When the image was removed from the library; null if it is still there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Incremented to lock this row. Operations that start to show the image or delete it lock the row first, so that
    /// they run one after the other.
    /// </summary>
    [NotAudited]
    public int Holds { get; private set; }

    public static MediaAsset Of(
        MediaFile file,
        string fileName,
        Contributor by,
        DateTimeOffset now,
        string? importId = null
    )
    {
        var asset = new MediaAsset
        {
            Id = GraphQL.EntityId.New<MediaId>(),
            ImportId = importId,
            UploadedBy = by,
            CreatedAt = now,
        };
        asset.Take(file, fileName);
        asset.Touch(by, now);
        return asset;
    }

    /// <summary>Returns a conflict if the caller started from an older version; null otherwise.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy.Name, UpdatedAt);

    /// <summary>Replaces the file. The description and the rights do not change.</summary>
    public void Replace(MediaFile file, string fileName, Contributor by, DateTimeOffset now)
    {
        Take(file, fileName);
        Touch(by, now);
    }

    /// <summary>Updates the description. Returns true if anything changed.</summary>
    public Result<bool> Describe(MediaDescription words, Contributor by, DateTimeOffset now)
    {
        if (words.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        var described = (Blank(words.Alt), words.IsDecorative, Blank(words.Caption), words.Focus, words.Folder);
        if (described == (Alt, IsDecorative, Caption, Focus, Folder))
        {
            return false;
        }

        (Alt, IsDecorative, Caption, Focus, Folder) = described;
        Touch(by, now);
        return true;
    }

    /// <summary>Updates the rights and the substitute. Returns true if anything changed.</summary>
    /// <param name="rights">All of the rights.</param>
    /// <param name="substitute">The image to show instead after the rights end; null for none.</param>
    /// <param name="by">The person who makes the change.</param>
    /// <param name="now">The current time.</param>
    /// <param name="isOnShow">Whether the image is public, or a substitute for another image.</param>
    public Result<bool> License(
        ImageRights rights,
        MediaAsset? substitute,
        Contributor by,
        DateTimeOffset now,
        bool isOnShow
    )
    {
        if (rights.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        if (substitute is not null && substitute.Id != SubstituteId && !substitute.CanStandInFor(Id, now))
        {
            return new SubstituteUnsuitable(substitute.Id) { Path = ["substitute"] };
        }

        if (rights == Rights && substitute?.Id == SubstituteId)
        {
            return false;
        }

        if (isOnShow && rights.ValidFrom > now)
        {
            return new ImageAlreadyPublic(Id) { Path = ["validFrom"] };
        }

        (Rights, SubstituteId, ExpiresAt) = (rights, substitute?.Id, rights.ExpiresAt);

        // If the rights are renewed, the image is shown again. If the new rights have already ended, Expire hides it.
        if (!(ExpiresAt <= now))
        {
            ExpiredAt = null;
        }

        Touch(by, now);
        return true;
    }

    /// <summary>
    /// Ends the rights immediately because the supplier has recalled the image. Returns false if they have already
    /// ended or the image is deleted.
    /// </summary>
    public bool TakeBack(Contributor by, DateTimeOffset now)
    {
        if (DeletedAt is not null || ExpiresAt <= now)
        {
            return false;
        }

        Rights = Rights with { ValidFrom = Rights.ValidFrom < now ? Rights.ValidFrom : null, ExpiresAt = now };
        ExpiresAt = now;
        Touch(by, now);
        return Expire(now);
    }

    /// <summary>
    /// Marks the image as hidden because its rights have ended. Returns false if they have not ended, or if the image
    /// is already hidden or deleted.
    /// </summary>
    public bool Expire(DateTimeOffset now)
    {
        if (ExpiredAt is not null || DeletedAt is not null || ExpiresAt is not { } end || end > now)
        {
            return false;
        }

        ExpiredAt = now;
        return true;
    }

    /// <summary>
    /// Removes the image from the library. Its row is retained, because earlier editions still refer to it.
    /// </summary>
    public void Delete(Contributor by, DateTimeOffset now)
    {
        DeletedAt = now;
        Touch(by, now);
    }

    /// <summary>Returns the reasons why the image must not be published; empty if there are none.</summary>
    /// <param name="alt">The alternative text where the image is shown; null to use the image's own.</param>
    /// <param name="isDecorative">Whether the image is decorative where it is shown.</param>
    /// <param name="now">The time of publication.</param>
    public IEnumerable<UserError> Refusals(string? alt, bool isDecorative, DateTimeOffset now)
    {
        if (DeletedAt is not null)
        {
            yield return new MediaNotFound(Id);
            yield break;
        }

        if (Blank(alt) is null && Alt is null && !IsDecorative && !isDecorative)
        {
            yield return new ImageAltMissing(Id);
        }

        if (Rights.Credit is null)
        {
            yield return new ImageCreditMissing(Id);
        }

        if (Rights.ValidFrom > now)
        {
            yield return new ImageRightsNotBegun(Id, Rights.ValidFrom.Value);
        }

        if (ExpiresAt <= now)
        {
            yield return new ImageRightsExpired(Id, ExpiresAt.Value);
        }
    }

    // Substitutes that have substitutes could form a cycle.
    private bool CanStandInFor(MediaId other, DateTimeOffset now) =>
        Id != other
        && DeletedAt is null
        && Gap is MediaGap.None
        && !(Rights.ValidFrom > now)
        && ExpiresAt is null
        && SubstituteId is null;

    private void Take(MediaFile file, string fileName)
    {
        Rev++;
        FileName = fileName.Length <= FileNameLength ? fileName : fileName[^FileNameLength..];
        (Sha256, Bytes, Width, Height) = (file.Sha256, file.Bytes, file.Width, file.Height);
        (Format, HasAlpha, IsAnimated, ThumbHash) = (file.Format, file.HasAlpha, file.IsAnimated, file.ThumbHash);
    }

    /// <summary>Records that the image's tags, which are rows of their own, changed.</summary>
    public void ChangeTags(Contributor by, DateTimeOffset now) => (UpdatedBy, UpdatedAt) = (by, now);

    private void Touch(Contributor by, DateTimeOffset now)
    {
        (UpdatedBy, UpdatedAt) = (by, now);
        Gap = (Alt is null && !IsDecorative, Rights.Credit is null) switch
        {
            (true, true) => MediaGap.AltAndCredit,
            (true, false) => MediaGap.Alt,
            (false, true) => MediaGap.Credit,
            _ => MediaGap.None,
        };
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>Everything that describes an image, except its rights.</summary>
public sealed record MediaDescription
{
    public string? Alt { get; init; }

    public bool IsDecorative { get; init; }

    public string? Caption { get; init; }

    public FocalPoint Focus { get; init; } = FocalPoint.Centre;

    public string Folder { get; init; } = "";

    internal List<UserError> Refusals()
    {
        List<UserError> refusals = [];
        if (Alt?.Length > MediaAsset.AltLength)
        {
            refusals.Add(new TextTooLong("alt", MediaAsset.AltLength) { Path = ["alt"] });
        }

        if (IsDecorative && !string.IsNullOrWhiteSpace(Alt))
        {
            refusals.Add(new AltOfDecorative() { Path = ["isDecorative"] });
        }

        if (Caption?.Length > MediaAsset.CaptionLength)
        {
            refusals.Add(new TextTooLong("caption", MediaAsset.CaptionLength) { Path = ["caption"] });
        }

        if (!Focus.IsInside)
        {
            refusals.Add(new FocalPointOutside() { Path = ["focalPoint"] });
        }

        if (Folder.Length > MediaAsset.FolderLength || (Folder.Length > 0 && !Folder.Split('/').All(Slug.IsWellFormed)))
        {
            refusals.Add(new FolderMalformed(Folder) { Path = ["folder"] });
        }

        return refusals;
    }
}
