using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Rights;
using Cms.People;

namespace Cms.Media;

/// <summary>What an image still lacks before readers may see it.</summary>
public enum MediaGap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An alternative text.</summary>
    Alt,

    /// <summary>Somebody to name.</summary>
    Credit,

    /// <summary>Both.</summary>
    AltAndCredit,
}

/// <summary>An image of the library: a file, what it shows, and what may be done with it. It keeps its id when its file is replaced.</summary>
public sealed class MediaAsset
{
    public const int AltLength = 1_000;
    public const int CaptionLength = 2_000;
    public const int FolderLength = 200;
    public const int FileNameLength = 200;

    /// <summary>Its id: the same in every answer, for ever.</summary>
    public required MediaId Id { get; init; }

    /// <summary>How often it has had another file: part of its addresses, so that what a cache holds of one is never taken for the other.</summary>
    public int Rev { get; private set; }

    /// <summary>What the file was called where it came from.</summary>
    public string FileName { get; private set; } = "";

    public string Sha256 { get; private set; } = "";

    /// <summary>How large the file is.</summary>
    public long Bytes { get; private set; }

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>How the file is encoded.</summary>
    public ImageFormat Format { get; private set; }

    public bool HasAlpha { get; private set; }

    /// <summary>Whether it moves.</summary>
    public bool IsAnimated { get; private set; }

    /// <summary>A few bytes that stand in while the image loads, in base64.</summary>
    public string ThumbHash { get; private set; } = "";

    /// <summary>What it shows, for those who do not see it; null while nobody has written it, and when it is decorative.</summary>
    public string? Alt { get; private set; }

    /// <summary>It says nothing that the text does not.</summary>
    public bool IsDecorative { get; private set; }

    /// <summary>What it shows, for those who see it; null when nothing is told.</summary>
    public string? Caption { get; private set; }

    public FocalPoint Focus { get; private set; } = FocalPoint.Centre;

    /// <summary>Where it lies in the library; empty at the top.</summary>
    public string Folder { get; private set; } = "";

    public ImageRights Rights { get; private set; } = new();

    /// <summary>When the rights end, kept again where an index can reach it.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When the end of its rights was carried out; null while it is shown.</summary>
    public DateTimeOffset? ExpiredAt { get; private set; }

    /// <summary>What is shown in its stead when the rights have ended.</summary>
    public MediaId? SubstituteId { get; private set; }

    /// <summary>What it still lacks before readers may see it.</summary>
    public MediaGap Gap { get; private set; } = MediaGap.AltAndCredit;

    /// <summary>Its path in the folder it was imported from.</summary>
    public string? ImportId { get; init; }

    /// <summary>What the import last brought, as a hash, so that the same again changes nothing.</summary>
    public string? ImportHash { get; set; }

    public required Contributor UploadedBy { get; init; }

    public Contributor UpdatedBy { get; private set; } = null!;

    /// <summary>When it was uploaded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When it was taken out of the library; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Raised by every change; give it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>How often somebody held this row: who begins to show the image or deletes it does so first, so that each sees what the other did.</summary>
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

    /// <summary>Why the caller's idea of this image is out of date; null when it is not.</summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        expectedVersion is { } expected && expected != Version
            ? new VersionConflict(Version, UpdatedBy.Name, UpdatedAt) { Path = ["expectedVersion"] }
            : null;

    /// <summary>Takes another file in the place of the last one. What is said of the image stays.</summary>
    public void Replace(MediaFile file, string fileName, Contributor by, DateTimeOffset now)
    {
        Take(file, fileName);
        Touch(by, now);
    }

    /// <summary>Takes over what it shows and where it lies; true when anything is another.</summary>
    public Result<bool> Describe(MediaDescription words, Contributor by, DateTimeOffset now)
    {
        if (words.Refusals() is [_, ..] refusals)
        {
            return refusals;
        }

        var said = (Blank(words.Alt), words.IsDecorative, Blank(words.Caption), words.Focus, words.Folder);
        if (said == (Alt, IsDecorative, Caption, Focus, Folder))
        {
            return false;
        }

        (Alt, IsDecorative, Caption, Focus, Folder) = said;
        Touch(by, now);
        return true;
    }

    /// <summary>Takes over who is to be named and what may be done with it; true when anything is another.</summary>
    /// <param name="rights">All of the rights.</param>
    /// <param name="substitute">What is shown in its stead when the rights have ended; null for nothing.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">The time.</param>
    /// <param name="isOnShow">Whether readers see it, or are to see it in another's stead.</param>
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

        if (substitute is not null && !substitute.CanStandInFor(Id, now))
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

        // What is renewed is shown again; what has ended already goes when the end is carried out.
        if (!(ExpiresAt <= now))
        {
            ExpiredAt = null;
        }

        Touch(by, now);
        return true;
    }

    /// <summary>Ends the rights at once, because whoever gave the image took it back; false when they have ended already.</summary>
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

    /// <summary>Carries out the end of the rights; false when they have not ended, or it was done.</summary>
    public bool Expire(DateTimeOffset now)
    {
        if (ExpiredAt is not null || DeletedAt is not null || ExpiresAt is not { } end || end > now)
        {
            return false;
        }

        ExpiredAt = now;
        return true;
    }

    /// <summary>Takes it out of the library. Its row stays, so that what showed it once can say so.</summary>
    public void Delete(Contributor by, DateTimeOffset now)
    {
        DeletedAt = now;
        Touch(by, now);
    }

    /// <summary>Why readers may not see it; empty when they may.</summary>
    /// <param name="alt">An alternative text that stands in for its own where it is shown; null for its own.</param>
    /// <param name="isDecorative">It says nothing there.</param>
    /// <param name="now">The time.</param>
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

    // One that is replaced in turn could lead round in a circle.
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

/// <summary>Everything that is said of an image but its rights.</summary>
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
