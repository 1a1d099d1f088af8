using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;

namespace Cms.Media.Rights;

/// <summary>All the rights in an image. Omitted fields are cleared.</summary>
public sealed record SaveMediaRightsInput
{
    /// <summary>The image's id.</summary>
    public required MediaId Id { get; init; }

    /// <summary>The creator.</summary>
    public string? Creator { get; init; }

    /// <summary>The credit that the supplier requires. If omitted, the creator is credited.</summary>
    public string? CreditLine { get; init; }

    /// <summary>The copyright notice.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>The name of the licence.</summary>
    public string? LicenceName { get; init; }

    /// <summary>The URL of the licence.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>The URL of a page where others can acquire a licence.</summary>
    public string? AcquireLicenceUrl { get; init; }

    /// <summary>The terms of the licence, as text.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>Whether the credit must be shown with the image.</summary>
    public bool MustCredit { get; init; }

    /// <summary>The countries in which the image may be shown (ISO 3166-1 alpha-2); empty for all countries.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>When the rights begin. If omitted, they have no start.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When the rights end. If omitted, they do not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether partners are allowed to show the image.</summary>
    public bool AllowSyndication { get; init; }

    /// <summary>Whether the image must not be cropped.</summary>
    public bool NoCrop { get; init; }

    /// <summary>How the image was created.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>The id of the image to show instead after the rights end. If omitted, nothing is shown.</summary>
    public MediaId? Substitute { get; init; }

    /// <summary>The version that the editor last read; null overwrites any newer version.</summary>
    public int? ExpectedVersion { get; init; }

    internal ImageRights ToRights() =>
        new()
        {
            Creator = Creator,
            CreditLine = CreditLine,
            CopyrightNotice = CopyrightNotice,
            LicenceName = LicenceName,
            LicenceUrl = LicenceUrl,
            AcquireLicenceUrl = AcquireLicenceUrl,
            UsageTerms = UsageTerms,
            MustCredit = MustCredit,
            Territories = Territories,
            ValidFrom = ValidFrom?.ToUniversalTime().ToMilliseconds(),
            ExpiresAt = ExpiresAt?.ToUniversalTime().ToMilliseconds(),
            AllowSyndication = AllowSyndication,
            NoCrop = NoCrop,
            DigitalSourceType = DigitalSourceType,
        };
}

/// <summary>Saves the rights in an image: whom to credit, and how, where and when the image may be used.</summary>
public sealed class SaveMediaRights(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<MediaAsset>> Handle(
        SaveMediaRightsInput input,
        Actor actor,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync<MediaAsset>(
            actor,
            async (db, token) =>
            {
                if (await db.MediaForAsync(input.Id, actor, token) is not { } asset)
                {
                    return new MediaNotFound(input.Id) { Path = ["id"] };
                }

                if (asset.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                MediaAsset? substitute = null;
                if (input.Substitute is { } other)
                {
                    await db.LockMediaAsync([other], token);
                    substitute = await db.MediaAssets.FindAsync([other], token);
                    if (substitute is null)
                    {
                        return new MediaNotFound(other) { Path = ["substitute"] };
                    }
                }

                var now = clock.Now();
                var rights = input.ToRights();
                var isOnShow = rights.ValidFrom > now && await db.IsOnShowAsync(asset.Id, token);
                var licensed = asset.License(rights, substitute, actor.Contributor, now, isOnShow);
                if (!licensed.Succeeded(out var changed, out var refusals))
                {
                    return refusals.ToList();
                }

                if (!changed)
                {
                    return asset;
                }

                await db.RecordSubstituteAsync(asset, token);
                await db.IndexAsync(asset, token);
                if (await db.IsPublicAsync(asset.Id, token))
                {
                    db.Announce(asset.Expire(now) ? ChangeKind.MediaExpired : ChangeKind.MediaChanged, asset.Id);
                }

                return asset;
            },
            cancellationToken
        );
}

internal static class Substitutes
{
    extension(CmsDbContext db)
    {
        /// <summary>Records which image is this image's substitute.</summary>
        public async Task RecordSubstituteAsync(MediaAsset asset, CancellationToken cancellationToken) =>
            await db.RecordUsesAsync(
                MediaUseKind.Image,
                asset.Id,
                asset.SubstituteId is { } substitute ? [substitute] : [],
                cancellationToken
            );
    }
}
