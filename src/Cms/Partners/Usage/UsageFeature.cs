using Microsoft.Extensions.DependencyInjection;

namespace Cms.Partners.Usage;

internal static class UsageFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddUsage() =>
            services
                .AddSingleton<UsageBuffer>()
                .AddSingleton<PartnerLimits>()
                .AddSingleton<UsageCounter>()
                .AddSingleton<SaveUsage>()
                .AddSingleton<ForgetUsage>()
                .AddScoped<ListUsage>();
    }
}
