using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Delivery;

internal static class DeliveryFeature
{
    extension(IServiceCollection services)
    {
        // The row cache handles changes first, because answers that are produced again read from it.
        public IServiceCollection AddDelivery() =>
            services
                .AddSingleton<RowCache>()
                .AddSingleton<AnswerCache>()
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<RowCache>())
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<AnswerCache>());
    }
}
