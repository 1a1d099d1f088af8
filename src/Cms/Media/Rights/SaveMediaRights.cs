using Cms.Changes;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media.Library;
using Cms.People;

namespace Cms.Media.Rights;

/// <summary>The changes to the rights in an image. Omitted fields keep their values; null clears a field.</summary>
public sealed record SaveMediaRightsInput : MutationInput
{
    /// <summary>The image's id.</summary>
    public required MediaId Id { get; init; }

    /// <summary>The creator.</summary>
    public Optional<string?> Creator { get; init; }

    /// <summary>The credit that the supplier requires. If null, the creator is credited.</summary>
    public Optional<string?> CreditLine { get; init; }

    /// <summary>The copyright notice.</summary>
    public Optional<string?> CopyrightNotice { get; init; }

    /// <summary>The name of the licence.</summary>
    public Optional<string?> LicenceName { get; init; }

    /// <summary>The URL of the licence.</summary>
    public Optional<string?> LicenceUrl { get; init; }

    /// <summary>The URL of a page where others can acquire a licence.</summary>
    public Optional<string?> AcquireLicenceUrl { get; init; }

    /// <summary>The terms of the licence, as text.</summary>
    public Optional<string?> UsageTerms { get; init; }

    /// <summary>Whether the credit must be shown with the image; false by default.</summary>
    public Optional<bool?> MustCredit { get; init; }

    /// <summary>The countries in which the image may be shown (ISO 3166-1 alpha-2); empty for all countries.</summary>
    public Optional<IReadOnlyList<string>?> Territories { get; init; }

    /// <summary>When the rights begin. If null, they have no start date.</summary>
    public Optional<DateTimeOffset?> ValidFrom { get; init; }

    /// <summary>When the rights end. If null, they do not end.</summary>
    public Optional<DateTimeOffset?> ExpiresAt { get; init; }

    /// <summary>Whether partners are allowed to show the image; false by default.</summary>
    public Optional<bool?> AllowSyndication { get; init; }

    /// <summary>Whether the image must not be cropped; false by default.</summary>
    public Optional<bool?> NoCrop { get; init; }

    /// <summary>How the image was created.</summary>
    public Optional<DigitalSourceType?> DigitalSourceType { get; init; }

    /// <summary>The id of the image to show instead after the rights end. If null, nothing is shown.</summary>
    public Optional<MediaId?> Substitute { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Returns the rights with the fields that were sent.</summary>
    internal ImageRights Apply(ImageRights rights) =>
        rights with
        {
            Creator = Creator.Or(rights.Creator),
            CreditLine = CreditLine.Or(rights.CreditLine),
            CopyrightNotice = CopyrightNotice.Or(rights.CopyrightNotice),
            LicenceName = LicenceName.Or(rights.LicenceName),
            LicenceUrl = LicenceUrl.Or(rights.LicenceUrl),
            AcquireLicenceUrl = AcquireLicenceUrl.Or(rights.AcquireLicenceUrl),
            UsageTerms = UsageTerms.Or(rights.UsageTerms),
            MustCredit = MustCredit.Or(rights.MustCredit) ?? false,
            Territories = Territories.Or(rights.Territories) ?? [],
            ValidFrom = ValidFrom.Or(rights.ValidFrom)?.ToUniversalTime().ToMilliseconds(),
            ExpiresAt = ExpiresAt.Or(rights.ExpiresAt)?.ToUniversalTime().ToMilliseconds(),
            AllowSyndication = AllowSyndication.Or(rights.AllowSyndication) ?? false,
            NoCrop = NoCrop.Or(rights.NoCrop) ?? false,
            DigitalSourceType = DigitalSourceType.Or(rights.DigitalSourceType),
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
                if (input.Substitute.Or(asset.SubstituteId) is { } other)
                {
                    await db.LockMediaAsync([other], token);
                    substitute = await db.MediaAssets.FindAsync([other], token);
                    if (substitute is null)
                    {
                        return new MediaNotFound(other) { Path = ["substitute"] };
                    }
                }

                var now = clock.Now();
                var rights = input.Apply(asset.Rights);
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
