package main

import (
	"context"

	"example.com/test/wit/export/shop/orders/v1/orders"
	"tenon.dev/go/wit"
)

// ordersImpl implements shop:orders/orders@1.2.0.
type ordersImpl struct{}

var _ orders.Orders = ordersImpl{}

func init() {
	orders.Export(ordersImpl{})
}

func (ordersImpl) NewOrder(customer string) orders.Order {
	panic("not implemented: shop:orders/orders@1.2.0#[constructor]order")
}

func (ordersImpl) OrderFind(number uint64) (orders.Order, bool) {
	panic("not implemented: shop:orders/orders@1.2.0#[static]order.find")
}

// orderImpl implements a Order of shop:orders/orders@1.2.0.
type orderImpl struct{}

var _ orders.Order = (*orderImpl)(nil)

func (*orderImpl) Add(line orders.Line) error {
	panic("not implemented: shop:orders/orders@1.2.0#[method]order.add")
}

func (*orderImpl) Settle(ctx context.Context) (orders.Status, error) {
	panic("not implemented: shop:orders/orders@1.2.0#[method]order.settle")
}

func (*orderImpl) Watch() *wit.StreamReader[orders.Status] {
	panic("not implemented: shop:orders/orders@1.2.0#[method]order.watch")
}
