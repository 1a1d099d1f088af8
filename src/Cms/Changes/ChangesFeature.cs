using Microsoft.Extensions.DependencyInjection;

namespace Cms.Changes;

internal static class ChangesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddChanges() =>
            services
                .AddSingleton<ChangeFeed>()
                .AddSingleton<FollowChanges>()
                .AddScoped<ListChanges>()
                .AddScoped<TombstoneById>();
    }
}
