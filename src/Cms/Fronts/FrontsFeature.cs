using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Fronts;

internal static class FrontsFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddFronts() =>
            services
                .AddSingleton<SaveFront>()
                .AddScoped<ReadFront>()
                .AddScoped<ReadDeskFront>()
                .AddChange(
                    ChangeKind.FrontChanged,
                    (change, cursor) => new FrontChanged(cursor, change.OccurredAt, new(change.SubjectId.Value))
                );
    }
}
