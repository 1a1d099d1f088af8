using Microsoft.Extensions.DependencyInjection;

namespace Cms.Access;

internal static class AccessFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddAccess() =>
            services
                .AddSingleton<BlockList>()
                .AddSingleton<BlockPerson>()
                .AddSingleton<UnblockPerson>()
                .AddScoped<ListBlockedPeople>()
                .AddSingleton<RecordStaff>()
                .AddScoped<ListStaff>()
                .AddScoped<StaffByKey>();
    }
}
