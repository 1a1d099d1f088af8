using Cms.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Changes;

internal static class ChangesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddChanges() =>
            services
                .AddSingleton<ChangeFeed>()
                .AddSingleton<PublicChanges>()
                .AddSingleton<ICommitStep, NumberChanges>()
                .AddSingleton<ICommitStep, ReadOwnChanges>()
                .AddSingleton<BeginSharedReader>()
                .AddSingleton<ClaimChanges>()
                .AddSingleton<RenewChangesClaim>()
                .AddSingleton<EndChangesClaim>()
                .AddScoped<ListChanges>();
    }
}
