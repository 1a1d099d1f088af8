using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;

namespace Cms.Media.Rights;

/// <summary>Everything that may be done with an image: what is left out is emptied.</summary>
public sealed record SaveMediaRightsInput
{
    /// <summary>The image.</summary>
    public required MediaId Id { get; init; }

    /// <summary>Who made it.</summary>
    public string? Creator { get; init; }

    /// <summary>How the supplier wants to be named; the creator's name will do when left out.</summary>
    public string? CreditLine { get; init; }

    /// <summary>Who owns the copyright, as it is to be written.</summary>
    public string? CopyrightNotice { get; init; }

    /// <summary>What the licence is called.</summary>
    public string? LicenceName { get; init; }

    /// <summary>Where the licence can be read.</summary>
    public string? LicenceUrl { get; init; }

    /// <summary>Where others can get a licence of their own.</summary>
    public string? AcquireLicenceUrl { get; init; }

    /// <summary>What the licence says in words of its own.</summary>
    public string? UsageTerms { get; init; }

    /// <summary>Front ends have to show the credit.</summary>
    public bool MustCredit { get; init; }

    /// <summary>Where it may be shown (ISO 3166-1 alpha-2); everywhere when empty.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Not from this time on.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Partners may show it too.</summary>
    public bool AllowSyndication { get; init; }

    /// <summary>It is shown whole or not at all.</summary>
    public bool NoCrop { get; init; }

    /// <summary>How it came to be.</summary>
    public DigitalSourceType? DigitalSourceType { get; init; }

    /// <summary>The image that is shown in its stead when its rights have ended; nothing when left out.</summary>
    public MediaId? Substitute { get; init; }

    /// <summary>The version the change began from; null overwrites whatever stands.</summary>
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

/// <summary>Changes who is to be named for an image and what may be done with it, where and when.</summary>
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
        /// <summary>Says which image stands in for this one from now on.</summary>
        public async Task RecordSubstituteAsync(MediaAsset asset, CancellationToken cancellationToken) =>
            await db.RecordUsesAsync(
                MediaUseKind.Image,
                asset.Id,
                asset.SubstituteId is { } substitute ? [substitute] : [],
                cancellationToken
            );
    }
}
