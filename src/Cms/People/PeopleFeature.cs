using Cms.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.People;

internal static class PeopleFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>Registers the viewer, the policies and the cost limits.</summary>
        public IServiceCollection AddPeople()
        {
            services.TryAddSingleton(new CostLimits());
            services.TryAddSingleton(TimeProvider.System);
            return services
                .AddSingleton<RefusedFields>()
                .AddSingleton<IPolicies, ViewerPolicies>()
                .AddSingleton<ICostLimits>(provider => provider.GetRequiredService<CostLimits>())
                .AddScoped<CurrentViewer>();
        }
    }
}
