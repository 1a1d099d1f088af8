using System.Security.Cryptography;
using Cms.Changes;
using Cms.GraphQL;
using Cms.Media.Blobs;
using Cms.Media.Images;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Media;

internal static class MediaFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the media services except the blob store, which the host provides.</summary>
        public IServiceCollection AddMedia()
        {
            // The default for a host without a signing key: signatures are valid only as long as this process runs.
            services.TryAddSingleton(_ => new MediaSigner(RandomNumberGenerator.GetBytes(MediaSigner.MinKeyBytes)));
            services.TryAddSingleton(new MediaAddresses());
            services.TryAddSingleton<ImageGate>(_ => new ImageGate());
            services.TryAddSingleton<ImageInspector>();
            services.TryAddSingleton<RenditionUrls>();
            services.TryAddSingleton<UploadTickets>();
            return services
                .AddSingleton<IOutages, StoreOutages>()
                .AddSingleton<Quarantine>()
                .AddSingleton<Originals>()
                .AddSingleton<CreateMediaUpload>()
                .AddSingleton<CommitMediaUpload>()
                .AddSingleton<StoreUpload>()
                .AddSingleton<ReplaceMediaFile>()
                .AddSingleton<SaveMedia>()
                .AddSingleton<SaveMediaRights>()
                .AddSingleton<DeleteMedia>()
                .AddSingleton<ExpireMedia>()
                .AddSingleton<ReadImageOnShow>()
                .AddSingleton<SweepMedia>()
                .AddSingleton<VerifyMedia>()
                .AddScoped<ListMedia>()
                .AddScoped<ReadMedia>()
                .AddScoped<ListMediaUses>()
                .AddScoped<ImageById>()
                .AddScoped<ShownImages>()
                .AddScoped<VisibleImageById>()
                .AddScoped<MediaUseCounts>()
                .AddScoped<FileWordsBySha>()
                .AddScoped<TagsByMedia>()
                .AddChange(
                    ChangeKind.MediaChanged,
                    (change, cursor) => new ImageUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value))
                )
                .AddChange(
                    ChangeKind.MediaExpired,
                    (change, cursor) => new ImageExpired(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
        }
    }
}
