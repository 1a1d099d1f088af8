using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Delivery;

internal static class DeliveryFeature
{
    extension(IServiceCollection services)
    {
        // The row cache must handle changes before the answer cache, because new answers read from the row cache.
        public IServiceCollection AddDelivery() =>
            services
                .AddSingleton<RowCache>()
                .AddSingleton<AnswerCache>()
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<RowCache>())
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<AnswerCache>());
    }
}
