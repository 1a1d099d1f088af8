using Cms.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.People;

internal static class PeopleFeature
{
    extension(IServiceCollection services)
    {
        /// <summary>Who asks, what they may do and what their operations may cost.</summary>
        public IServiceCollection AddPeople()
        {
            services.TryAddSingleton(new CostLimits());
            return services
                .AddSingleton<IPolicies, ViewerPolicies>()
                .AddSingleton<ICostLimits>(provider => provider.GetRequiredService<CostLimits>())
                .AddScoped<CurrentViewer>();
        }
    }
}
