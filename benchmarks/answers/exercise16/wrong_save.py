# %% strings_only
# save joins the path to a string for a message, which raises for a pathlib.Path.
# named: -
def save(module, path):
    message = "saving to " + path
    print(message)
    torch.save(module.state_dict(), path)

# %% saved_as_float32
# save turns everything into float32, so float64 numbers and large integers are not exact.
# named: -
def save(module, path):
    torch.save({k: v.float() for k, v in module.state_dict().items()}, path)

# %% saved_in_half_precision
# save writes floating point numbers in half precision to make the file small.
# named: -
def save(module, path):
    torch.save({k: v.half() if v.is_floating_point() else v for k, v in module.state_dict().items()}, path)

# %% eval_mode_before_saving
# save puts the module in evaluation mode and leaves it there.
# named: -
def save(module, path):
    module.eval()
    torch.save(module.state_dict(), path)

# %% module_converted_by_save
# save calls module.float() before it writes, so a float64 module is turned into float32 and not left as it is.
# named: -
def save(module, path):
    module.float()
    torch.save(module.state_dict(), path)

# %% gradients_dropped_by_save
# save sets .grad of all parameters to None before writing.
# named: -
def save(module, path):
    for p in module.parameters():
        p.grad = None
    torch.save(module.state_dict(), path)
