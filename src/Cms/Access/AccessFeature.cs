using Cms.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Access;

internal static class AccessFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAccess()
        {
            services.TryAddSingleton(new CostLimits());
            return services
                .AddSingleton<IPolicies, ViewerPolicies>()
                .AddSingleton<ICostLimits>(provider => provider.GetRequiredService<CostLimits>())
                .AddScoped<CurrentViewer>()
                .AddSingleton<BlockList>()
                .AddSingleton<BlockPerson>()
                .AddSingleton<UnblockPerson>()
                .AddScoped<ListBlockedPeople>();
        }
    }
}
