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
                .AddSingleton<RecordUse>()
                .AddSingleton<RecordSentMessage>()
                .AddSingleton<SaveUsage>()
                .AddSingleton<ForgetUsage>()
                .AddScoped<ListUsage>();
    }
}
