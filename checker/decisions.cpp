// The first state that settles a property settles it for good. What is open at the end gets its verdict
// here, and only an exhaustive search may say `holds` or `not_reached`.
#include "checker/decisions.hpp"

#include "checker/model_error.hpp"

namespace mdcd::checker {

Decisions::Decisions(std::span<const Property> properties, bool with_deadlock) {
    if (properties.size() > property_count_max)
        throw ModelError("the model has more than " + std::to_string(property_count_max) + " properties");
    for (const Property& property : properties) {
        kinds_.push_back(property.kind);
        verdicts_.push_back(
            {.property = property.name, .verdict = Verdict::inconclusive, .path = {}, .reason = {}, .more = {}});
    }
    if (with_deadlock)
        verdicts_.push_back({.property = std::string(deadlock_freedom),
                             .verdict = Verdict::inconclusive,
                             .path = {},
                             .reason = {},
                             .more = {}});
    settled_.resize(verdicts_.size());
    open_ = verdicts_.size();
}

void Decisions::settle(std::size_t property, Verdict verdict, Path path, std::string reason) {
    verdicts_[property].verdict = verdict;
    verdicts_[property].path = std::move(path);
    verdicts_[property].reason = std::move(reason);
    settled_[property] = true;
    order_.push_back(property);
    --open_;
}

void Decisions::fail(const std::string& reason, const Path& path) {
    for (std::size_t property = 0; property < verdicts_.size(); ++property)
        if (open(property))
            settle(property, Verdict::error, path, reason);
}

std::vector<const PropertyVerdict*> Decisions::settled() const {
    std::vector<const PropertyVerdict*> settled;
    for (const std::size_t property : order_)
        settled.push_back(&verdicts_[property]);
    return settled;
}

std::vector<PropertyVerdict> Decisions::finish(bool exhaustive, const std::string& reason) const {
    std::vector<PropertyVerdict> verdicts = verdicts_;
    for (std::size_t property = 0; property < verdicts.size(); ++property) {
        if (settled_[property])
            continue;
        const PropertyKind kind = property < kinds_.size() ? kinds_[property] : PropertyKind::always;
        if (!exhaustive) {
            verdicts[property].reason = reason;
        } else if (kind == PropertyKind::eventually) {
            verdicts[property].verdict = Verdict::error;
            verdicts[property].reason = refused_whole_runs;
        } else {
            verdicts[property].verdict = kind == PropertyKind::reachable ? Verdict::not_reached : Verdict::holds;
        }
    }
    return verdicts;
}

} // namespace mdcd::checker
